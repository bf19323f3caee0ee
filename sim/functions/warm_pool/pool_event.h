// What befalls a warm pool by itself.
#pragma once

#include <cstdint>

namespace wukong::warm_pool {

enum class PoolEvent : uint8_t {
  time_over,     // an idle environment is gone: its time is over
  memory_short,  // another one needs the memory
  not_kept,      // the policy keeps it not at all
  prewarmed,     // one is there that nobody has asked for
  closed,        // its function is gone, or has changed
};

}  // namespace wukong::warm_pool

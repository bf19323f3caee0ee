// Names a pending event of an EventQueue; stale as soon as it has fired or was cancelled.
#pragma once

#include <cstdint>

namespace wukong::engine {

struct EventHandle {
  uint32_t slot = 0;
  uint32_t generation = 0;
};

}  // namespace wukong::engine

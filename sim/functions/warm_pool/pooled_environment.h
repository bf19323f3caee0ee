// What a warm pool knows of an environment.
#pragma once

#include <cstdint>

namespace wukong::warm_pool {

struct PooledEnvironment {
  uint32_t pool_number = 0;  // changes
};

}  // namespace wukong::warm_pool

// A Redis server as one run uses it.
#pragma once

#include <memory>
#include <string>

#include "runtime/stores/redis_address.h"
#include "runtime/stores/redis_health.h"

namespace wukong::stores {

struct RedisServerOfRun {
  RedisAddress address;
  std::string prefix;  // of the keys of one of the run's stores
  std::shared_ptr<RedisHealth> health;

  // A key that is set at first; a server without it has lost the run's data.
  std::string mark() const { return prefix + "run"; }
};

// Why the server does not have a key that it had; it is asked. "what" is what was kept there.
[[noreturn]] void throw_lost(const RedisServerOfRun& server, const std::string& what);

}  // namespace wukong::stores

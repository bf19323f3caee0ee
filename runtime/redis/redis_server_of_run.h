// A Redis server as one run uses it.
#pragma once

#include <memory>
#include <string>

#include "runtime/redis/redis_address.h"
#include "runtime/redis/redis_health.h"

namespace wukong::redis {

struct RedisServerOfRun {
  RedisAddress address;
  std::string run;     // what all keys of the run begin with
  std::string prefix;  // of the keys of one of its stores
  std::shared_ptr<RedisHealth> health;

  // A key that is set at first; a server without it has lost the run's data.
  std::string mark() const { return prefix + "run"; }
};

// Why the server does not have a key that it had; it is asked. "what" is what was kept there.
[[noreturn]] void throw_lost(const RedisServerOfRun& server, const std::string& what);

}  // namespace wukong::redis

#include "runtime/redis/redis_server_of_run.h"

#include "runtime/redis/redis_blocking.h"
#include "sim/base/error.h"

namespace wukong::redis {
namespace {

std::string why_lost(const RedisServerOfRun& server) {
  try {
    BlockingRedis redis(server.address);
    if (redis.evicts())
      return "it evicts keys when its memory is full (maxmemory-policy should be noeviction, and "
             "maxmemory larger)";
    if (!redis.has(server.mark())) return "all keys were deleted (FLUSHALL or FLUSHDB?)";
  } catch (const Error&) {
    return "it does not say why";
  }
  return "somebody else has deleted or changed it";
}

}  // namespace

void throw_lost(const RedisServerOfRun& server, const std::string& what) {
  throw RedisUnusable(server.address, "has lost " + what + ": " + why_lost(server));
}

}  // namespace wukong::redis

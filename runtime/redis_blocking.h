// A few commands to a Redis server outside the loop, before and after a run. They block.
#pragma once

#include <span>
#include <string>

#include "runtime/redis_address.h"

struct redisContext;

namespace wukong::runtime {

class BlockingRedis {
 public:
  // Throws Error for the key emulation.store if nobody answers.
  explicit BlockingRedis(const RedisAddress& address);
  BlockingRedis(const BlockingRedis&) = delete;
  BlockingRedis& operator=(const BlockingRedis&) = delete;
  ~BlockingRedis();

  // Throws Error if the server refuses.
  void set(const std::string& key, std::span<const std::byte> value);
  // The same, for a key that is only there.
  void mark(const std::string& key) { set(key, {}); }
  // Does not care whether it worked.
  void remove(std::span<const std::string> keys);

 private:
  RedisAddress address_;
  redisContext* redis_;
};

}  // namespace wukong::runtime

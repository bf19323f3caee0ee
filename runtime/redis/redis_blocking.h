// A few commands to a Redis server outside the loop, before and after a run. They block.
#pragma once

#include <span>
#include <string>

#include "runtime/redis/redis_address.h"
#include "runtime/redis/redis_line.h"

namespace wukong::redis {

class BlockingRedis {
 public:
  // Throws Error for the key emulation.store if nobody answers, or the server
  // refuses.
  explicit BlockingRedis(const RedisAddress& address);
  BlockingRedis(const BlockingRedis&) = delete;
  BlockingRedis& operator=(const BlockingRedis&) = delete;
  ~BlockingRedis();

  // Throws Error if the server refuses.
  void set(const std::string& key, std::span<const std::byte> value);
  // Sets a key that has no value.
  void mark(const std::string& key) { set(key, {}); }
  bool has(const std::string& key);
  // Whether it has deleted keys for lack of memory.
  bool evicts();
  // Throws Error if the server is gone, or refuses.
  void remove(std::span<const std::string> keys);

 private:
  void greet();

  RedisAddress address_;
  redisContext* redis_;
  ReplyLimits limits_;
};

}  // namespace wukong::redis

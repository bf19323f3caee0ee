// Where the Redis servers of an emulation are: redis://HOST:PORT, several with commas between them.
#pragma once

#include <string>
#include <vector>

namespace wukong::runtime {

struct RedisAddress {
  std::string host;
  int port = 6379;

  std::string text() const { return host + ":" + std::to_string(port); }
};

// A server, and the key that tells it from one that has lost the run's data.
struct RedisServerOfRun {
  RedisAddress address;
  std::string mark;
};

// Throws Error for the key emulation.store.
std::vector<RedisAddress> parse_redis_addresses(const std::string& store);

}  // namespace wukong::runtime

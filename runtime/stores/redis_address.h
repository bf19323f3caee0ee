// Where the Redis servers of an emulation are: redis://HOST:PORT, several with commas between them.
#pragma once

#include <string>
#include <vector>

namespace wukong::stores {

struct RedisAddress {
  std::string host;
  int port = 6379;

  std::string text() const { return host + ":" + std::to_string(port); }
};

// A server of a run. The run sets a key there at first; a server without it has lost the run's
// data.
struct RedisServerOfRun {
  RedisAddress address;
  std::string mark;  // that key
};

// Throws Error for the key emulation.store.
std::vector<RedisAddress> parse_redis_addresses(const std::string& store);

}  // namespace wukong::stores

// Where the Redis servers of an emulation are, several with commas between them:
//   redis://[[user][:password]@]host[:port][/database]   IPv6 in brackets; %XX in user and password
//   unix://[[user][:password]@]/path[?db=database]       a server's socket on this machine
#pragma once

#include <string>
#include <vector>

namespace wukong::redis {

struct RedisAddress {
  std::string host;
  int port = 6379;
  std::string socket;  // the path of a Unix socket, in place of host and port
  std::string user;
  std::string password;
  int database = 0;

  // For people: without user and password.
  std::string text() const;
  // What a new connection says before anything else: AUTH, SELECT.
  std::vector<std::vector<std::string>> greeting() const;

  bool operator==(const RedisAddress&) const = default;
};

// Throws Error for the key emulation.store, in which no secret is shown.
std::vector<RedisAddress> parse_redis_addresses(const std::string& store);

}  // namespace wukong::redis

// A real Redis server on a free port of this machine, for one test. Stopped with the object.
#pragma once

#include <sys/types.h>

#include <string>

namespace wukong::test {

class RedisServer {
 public:
  // Throws if there is no redis-server, or it does not start.
  RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  ~RedisServer();

  std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }
  size_t keys() const;
  void pause() const;
  void go_on() const;
  void stop();

 private:
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace wukong::test

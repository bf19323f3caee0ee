// A real Redis server on a free port of this machine, for one test. Stopped with the object.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "runtime/processes/scratch_folder.h"

namespace wukong::test {

class RedisServer {
 public:
  // Whether what it holds survives a kill, in a log on disk.
  enum class Data { lost, kept };
  // `options` are further words of its command line. Throws if there is no redis-server, or it does
  // not start.
  explicit RedisServer(Data data = Data::lost, std::string password = {},
                       std::vector<std::string> options = {});
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  ~RedisServer();

  std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // The Unix socket on which it listens, too.
  std::string socket() const { return folder_.path() / "redis.sock"; }
  // In its first database.
  size_t keys() const;
  void pause() const;
  void go_on() const;
  // SIGKILL.
  void stop();
  // A command, to a server without a password.
  void command(const std::vector<std::string>& words) const;
  // After a stop(): on the same port, with the same data if it was kept.
  void start();

 private:
  Data data_;
  std::string password_;
  std::vector<std::string> options_;
  processes::ScratchFolder folder_;
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace wukong::test

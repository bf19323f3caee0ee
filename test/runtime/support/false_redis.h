// A server on a port of loopback that greets as Redis does, and answers whatever else is asked with
// the bytes of its choice. For one test.
#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace wukong::test {

class FalseRedis {
 public:
  // What follows a PING, and a SET where `takes_values`, is right; all else is answered `answer`.
  struct Manners {
    std::string answer;
    bool takes_values = true;
  };
  explicit FalseRedis(Manners manners);
  FalseRedis(const FalseRedis&) = delete;
  FalseRedis& operator=(const FalseRedis&) = delete;
  ~FalseRedis();

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void serve();
  bool answer(int client) const;

  Manners manners_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace wukong::test

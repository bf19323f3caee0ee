// Ctrl-C and its like as something to wait for, instead of a handler: while it exists, SIGINT and
// SIGTERM are blocked in this thread and in those that it starts, and wait_for() returns them.
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

namespace wukong::bench {

class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // The signal that came; nothing if none did in this time.
  std::optional<int> wait_for(std::chrono::nanoseconds time);

 private:
  sigset_t watched_;
  sigset_t before_;
};

}  // namespace wukong::bench

// Ctrl-C and its like as something to wait for, instead of a handler: while it exists, SIGINT and
// SIGTERM are blocked in this thread and in those that it starts, and wait_for() returns them.
// Other threads may end a wait with wake().
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

namespace wukong::bench {

class SignalWatch {
 public:
  // Throws Error if the system has no descriptors left.
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // The signal that came; nothing if none did in this time, or before somebody called wake().
  std::optional<int> wait_for(std::chrono::nanoseconds time);
  // Ends the wait_for() that is under way, or else the next one. Thread-safe.
  void wake();

 private:
  sigset_t watched_;
  sigset_t before_;
  int signals_ = -1;  // a signalfd
  int wake_ = -1;     // an eventfd
};

}  // namespace wukong::bench

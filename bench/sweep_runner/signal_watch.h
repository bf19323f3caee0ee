// Ctrl-C and its like as something to wait for: while it exists, SIGINT and SIGTERM are blocked in
// the program's first thread and in those that it starts, and wait_for() returns them. Libraries
// have started threads before (OpenBLAS does when it is loaded); what these get, a handler passes
// on to the first thread. Other threads may end a wait with wake().
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <optional>

namespace wukong::sweep_runner {

class SignalWatch {
 public:
  // REQUIRES: this is the program's first thread. Throws Error if there are no descriptors left.
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
  std::array<struct sigaction, 2> handlers_before_;
  int signals_ = -1;  // a signalfd
  int wake_ = -1;     // an eventfd
};

}  // namespace wukong::sweep_runner

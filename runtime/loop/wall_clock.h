// The clock driver of the emulator: an event happens when the wall clock reaches its time, and what
// arrives from outside meanwhile (a task's end on a worker thread, a reply on a socket, a signal)
// enters the loop between two events. The engine's time is the wall clock's since start(), times
// the speed; a speed of 10 makes modelled delays ten times shorter, and real work seem ten times
// longer.
//
// Owned by the run. Only post() and now() may be called from other threads.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "runtime/loop/measurements.h"
#include "sim/engine/clock_driver.h"

namespace wukong::loop {

// The user wants the run to end. Thrown out of the engine's run(), as any failure is.
class Interrupted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class WallClock final : public engine::ClockDriver {
 public:
  // REQUIRES: speed > 0.
  explicit WallClock(double speed);

  // The engine's zero is now.
  void start();
  // For how long the loop has not waited since start().
  std::chrono::nanoseconds busy() const;
  // How much later than it was due the loop woke up for an event that it waited for.
  const Measurement& lateness() const { return lateness_; }
  // From here on SIGINT and SIGTERM make advance() throw Interrupted.
  void end_on_signals();
  bool interrupted() const { return signal_ != 0; }

  // Throws Interrupted.
  std::optional<Time> advance(std::optional<Time> next) override;

  // What the engine's time would be if it looked at the wall clock now.
  Time now() const;
  double speed() const { return speed_; }
  // How long a modelled time takes on the wall clock.
  std::chrono::nanoseconds on_wall(Duration modelled) const;

  // Something is expected from outside: the loop waits for it even if no event is due. Each
  // expect() is followed by one arrived(), on the loop's thread.
  void expect() { ++expected_; }
  void arrived();
  // From any thread: runs `handler` in the loop.
  template <class Handler>
  void post(Handler&& handler) {
    boost::asio::post(context_, std::forward<Handler>(handler));
  }
  // For sockets; their handlers run in the loop.
  boost::asio::io_context& context() { return context_; }

 private:
  void wait_until(std::optional<Time> next);

  double speed_;
  std::chrono::steady_clock::time_point start_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer timer_{context_};
  boost::asio::signal_set signals_{context_};
  Time last_;
  int64_t expected_ = 0;
  std::chrono::nanoseconds waited_{};
  Measurement lateness_;
  int signal_ = 0;
};

}  // namespace wukong::loop

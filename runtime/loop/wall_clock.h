// The clock driver of the emulator: an event happens when the wall clock reaches its time, and what
// arrives from outside meanwhile (a task's end on a worker thread, a reply on a socket, a signal)
// enters the loop between two events. The engine's time is the wall clock's since start(), times
// the speed; a speed of 10 makes modelled delays ten times shorter, and real work seem ten times
// longer. A loop that has more to do than time to do it in runs events late, at the wall clock's
// time, and the clock keeps how late.
//
// Owned by the run. Only post() and now() may be called from other threads.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
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

// Where a WallClock has its time from, and how it waits: the machine's steady clock, unless a test
// has another.
class WallTime {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  virtual ~WallTime() = default;
  virtual Instant now() const;
  // Until `due`, or one of the loop's handlers has run; without `due`, until one has run.
  virtual void wait(boost::asio::io_context& loop, std::optional<Instant> due);
};

// How late events were, in the engine's time: by how much the loop was behind the wall clock when
// it came to an event, at most and on average.
struct LoopLag {
  Duration furthest;
  Duration mean;
};

class WallClock final : public engine::ClockDriver {
 public:
  // REQUIRES: speed > 0.
  explicit WallClock(double speed, std::unique_ptr<WallTime> time = std::make_unique<WallTime>());

  // The engine's zero is now.
  void start();
  // For how long the loop has not waited since start().
  std::chrono::nanoseconds busy() const;
  // How much later than it was due the loop woke up for an event that it waited for.
  const Measurement& lateness() const { return lateness_; }
  // Of all events since start(), also of those that were overdue when the loop looked.
  LoopLag lag() const;
  // From here on SIGINT, SIGTERM, SIGHUP and SIGQUIT make advance() throw Interrupted, so that a
  // run ends in good order; a standard stream that nobody reads any more (SIGPIPE) ends none.
  void end_on_signals();
  // The one that did.
  std::optional<int> ended_by() const { return signal_; }

  // Throws Interrupted.
  bool runs_by_itself() const override { return true; }
  std::optional<Time> advance(std::optional<Time> next) override;

  // What the engine's time would be if it looked at the wall clock now.
  Time now() const;
  double speed() const { return speed_; }
  // How long a modelled time takes on the wall clock, at least.
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
  void note_lag(Duration lag);
  void await_signal();

  double speed_;
  std::unique_ptr<WallTime> time_;
  WallTime::Instant start_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_};
  Time last_;
  int64_t expected_ = 0;
  std::chrono::nanoseconds waited_{};
  Measurement lateness_;
  Duration furthest_lag_;
  double lags_ns_ = 0;  // their sum
  int64_t events_ = 0;
  std::optional<int> signal_;
};

}  // namespace wukong::loop

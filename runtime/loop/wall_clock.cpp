#include "runtime/loop/wall_clock.h"

#include <algorithm>
#include <csignal>
#include <string>

#include "sim/base/check.h"

namespace wukong::loop {

using std::chrono::steady_clock;

WallClock::WallClock(double speed) : speed_(speed), start_(steady_clock::now()) {
  ENSURE(speed > 0, speed);
}

void WallClock::start() {
  start_ = steady_clock::now();
  waited_ = {};
}

std::chrono::nanoseconds WallClock::busy() const { return steady_clock::now() - start_ - waited_; }

void WallClock::end_on_signals() {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (!error) signal_ = signal;
  });
}

Time WallClock::now() const {
  const std::chrono::duration<double, std::nano> elapsed = steady_clock::now() - start_;
  return Time::at(Duration::nanoseconds(static_cast<int64_t>(elapsed.count() * speed_)));
}

std::chrono::nanoseconds WallClock::on_wall(Duration modelled) const {
  const double ns = static_cast<double>(modelled.count_ns()) / speed_;
  // A time that is never reached stays one that the clock can represent.
  constexpr double kLongest = 1e17;
  return std::chrono::nanoseconds(static_cast<int64_t>(std::min(ns, kLongest)));
}

void WallClock::arrived() {
  ENSURE(expected_ > 0, expected_);
  --expected_;
}

std::optional<Time> WallClock::advance(std::optional<Time> next) {
  context_.restart();
  const bool handled = context_.poll() > 0;
  if (!handled && !(next && now() >= *next)) {
    if (!next && expected_ == 0) return std::nullopt;
    wait_until(next);
  }
  if (signal_ != 0)
    throw Interrupted(signal_ == SIGINT ? "interrupted (SIGINT)" : "interrupted (SIGTERM)");
  Time reached = std::max(now(), last_);
  if (next) reached = std::min(reached, *next);
  last_ = reached;
  return reached;
}

// Until `next` is due, or one handler has run.
void WallClock::wait_until(std::optional<Time> next) {
  if (next) {
    const auto due = start_ + on_wall(next->since_start());
    timer_.expires_at(due);
    timer_.async_wait([this, due](const boost::system::error_code& error) {
      if (!error) lateness_.add(steady_clock::now() - due);
    });
  }
  const auto begin = steady_clock::now();
  context_.run_one();
  waited_ += steady_clock::now() - begin;
  timer_.cancel();
}

}  // namespace wukong::loop

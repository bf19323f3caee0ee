#include "runtime/loop/wall_clock.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <cmath>
#include <csignal>
#include <cstring>
#include <string>

#include "sim/base/check.h"

namespace wukong::loop {

using std::chrono::steady_clock;

WallTime::Instant WallTime::now() const { return steady_clock::now(); }

void WallTime::wait(boost::asio::io_context& loop, std::optional<Instant> due) {
  boost::asio::steady_timer timer(loop);
  if (due) {
    timer.expires_at(*due);
    timer.async_wait([](const boost::system::error_code&) {});
  }
  loop.run_one();
}

WallClock::WallClock(double speed, std::unique_ptr<WallTime> time)
    : speed_(speed), time_(std::move(time)), start_(time_->now()) {
  ENSURE(speed > 0, speed);
}

void WallClock::start() {
  start_ = time_->now();
  waited_ = {};
  furthest_lag_ = {};
  lags_ns_ = 0;
  events_ = 0;
}

std::chrono::nanoseconds WallClock::busy() const { return time_->now() - start_ - waited_; }

void WallClock::end_on_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) signals_.add(signal);
  await_signal();
}

void WallClock::await_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    if (signal == SIGPIPE) return await_signal();
    signal_ = signal;
  });
}

Time WallClock::now() const {
  const std::chrono::duration<double, std::nano> elapsed = time_->now() - start_;
  return Time::at(Duration::nanoseconds(static_cast<int64_t>(elapsed.count() * speed_)));
}

std::chrono::nanoseconds WallClock::on_wall(Duration modelled) const {
  const double ns = static_cast<double>(modelled.count_ns()) / speed_;
  // A time that is never reached stays one that the clock can represent.
  constexpr double kLongest = 1e17;
  return std::chrono::nanoseconds(static_cast<int64_t>(std::ceil(std::min(ns, kLongest))));
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
  if (signal_) throw Interrupted(std::string("interrupted (SIG") + sigabbrev_np(*signal_) + ")");
  last_ = std::max(now(), last_);
  if (next && last_ >= *next) note_lag(last_ - *next);
  return last_;
}

// Until `next` is due, or one handler has run.
void WallClock::wait_until(std::optional<Time> next) {
  std::optional<WallTime::Instant> due;
  if (next) due = start_ + on_wall(next->since_start());
  const auto begin = time_->now();
  time_->wait(context_, due);
  const auto end = time_->now();
  waited_ += end - begin;
  if (due && end >= *due) lateness_.add(end - *due);
}

void WallClock::note_lag(Duration lag) {
  furthest_lag_ = std::max(furthest_lag_, lag);
  lags_ns_ += static_cast<double>(lag.count_ns());
  ++events_;
}

LoopLag WallClock::lag() const {
  if (events_ == 0) return {};
  const double mean = lags_ns_ / static_cast<double>(events_);
  return {furthest_lag_, Duration::nanoseconds(static_cast<int64_t>(mean))};
}

}  // namespace wukong::loop

// Simulated time in integer nanoseconds: `Time` is an instant since the start of the run,
// `Duration` a length. Two types, so that adding two instants does not compile. What does not fit
// is refused (LimitError), never wrapped.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"

namespace wukong {

constexpr CountLimit kLongestTime{"less than 2^63 ns (292 years) of simulated time"};

class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration nanoseconds(int64_t n) { return Duration(n); }
  static constexpr Duration microseconds(int64_t n) { return scaled_by(n, 1'000); }
  static constexpr Duration milliseconds(int64_t n) { return scaled_by(n, 1'000'000); }
  static constexpr Duration seconds(int64_t n) { return scaled_by(n, 1'000'000'000); }
  // Rounds to the nearest nanosecond. For model arithmetic and parsed input only.
  static constexpr Duration from_seconds(double seconds) {
    return Duration(rounded(seconds * 1e9, kLongestTime));
  }
  static constexpr Duration zero() { return Duration(0); }
  static constexpr Duration max() { return Duration(std::numeric_limits<int64_t>::max()); }

  constexpr int64_t count_ns() const { return ns_; }
  constexpr double to_seconds() const { return static_cast<double>(ns_) * 1e-9; }
  constexpr double to_milliseconds() const { return static_cast<double>(ns_) * 1e-6; }

  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration& operator+=(Duration other) { return *this = *this + other; }
  constexpr Duration& operator-=(Duration other) { return *this = *this - other; }
  friend constexpr Duration operator+(Duration a, Duration b) {
    return Duration(sum_of(a.ns_, b.ns_, kLongestTime));
  }
  friend constexpr Duration operator-(Duration a, Duration b) {
    return Duration(difference_of(a.ns_, b.ns_, kLongestTime));
  }
  friend constexpr Duration operator*(Duration a, int64_t n) { return scaled_by(a.ns_, n); }
  friend constexpr Duration operator*(int64_t n, Duration a) { return scaled_by(a.ns_, n); }
  // It would be rounded to a whole number first: scaled() is what is meant.
  template <std::floating_point T>
  friend constexpr Duration operator*(Duration, T) = delete;
  template <std::floating_point T>
  friend constexpr Duration operator*(T, Duration) = delete;
  friend constexpr Duration operator/(Duration a, int64_t n) { return Duration(a.ns_ / n); }
  // How many whole `b` fit into `a`.
  friend constexpr int64_t operator/(Duration a, Duration b) { return a.ns_ / b.ns_; }
  friend constexpr Duration operator%(Duration a, Duration b) { return Duration(a.ns_ % b.ns_); }
  // Scales by a model factor, rounded to the nearest nanosecond.
  friend constexpr Duration scaled(Duration a, double factor) {
    return from_seconds(a.to_seconds() * factor);
  }

 private:
  explicit constexpr Duration(int64_t ns) : ns_(ns) {}
  static constexpr Duration scaled_by(int64_t ns, int64_t n) {
    return Duration(product_of(ns, n, kLongestTime));
  }
  int64_t ns_ = 0;
};

class Time {
 public:
  constexpr Time() = default;
  static constexpr Time zero() { return Time(); }
  static constexpr Time max() { return Time(Duration::max()); }
  static constexpr Time at(Duration since_start) { return Time(since_start); }

  constexpr Duration since_start() const { return since_start_; }
  constexpr int64_t count_ns() const { return since_start_.count_ns(); }
  constexpr double to_seconds() const { return since_start_.to_seconds(); }

  constexpr auto operator<=>(const Time&) const = default;
  friend constexpr Time operator+(Time t, Duration d) { return Time(t.since_start_ + d); }
  friend constexpr Time operator-(Time t, Duration d) { return Time(t.since_start_ - d); }
  friend constexpr Duration operator-(Time a, Time b) { return a.since_start_ - b.since_start_; }
  constexpr Time& operator+=(Duration d) { return since_start_ += d, *this; }

 private:
  explicit constexpr Time(Duration since_start) : since_start_(since_start) {}
  Duration since_start_;
};

// Time for `amount` of anything at `per_second` of it, rounded up to the next nanosecond. Units
// have types of their own, which use this. REQUIRES: amount >= 0, per_second > 0.
constexpr Duration time_at(int64_t amount, int64_t per_second) {
  ENSURE(amount >= 0 && per_second > 0, amount, per_second);
  const auto ns = (static_cast<Int128>(amount) * 1'000'000'000 + per_second - 1) / per_second;
  return Duration::nanoseconds(narrowed(ns, kLongestTime));
}

namespace literals {
constexpr Duration operator""_ns(unsigned long long n) {
  return Duration::nanoseconds(static_cast<int64_t>(n));
}
constexpr Duration operator""_us(unsigned long long n) {
  return Duration::microseconds(static_cast<int64_t>(n));
}
constexpr Duration operator""_ms(unsigned long long n) {
  return Duration::milliseconds(static_cast<int64_t>(n));
}
constexpr Duration operator""_s(unsigned long long n) {
  return Duration::seconds(static_cast<int64_t>(n));
}
}  // namespace literals

}  // namespace wukong

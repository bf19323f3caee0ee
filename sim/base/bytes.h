// Amounts of data (integer bytes) and rates (integer bytes per second).
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "sim/base/check.h"
#include "sim/base/rate.h"
#include "sim/base/time.h"
#include "sim/base/wide.h"

namespace wukong {

class Bytes {
 public:
  constexpr Bytes() = default;
  explicit constexpr Bytes(int64_t count) : count_(count) {}
  static constexpr Bytes kibi(int64_t n) { return Bytes(n << 10); }
  static constexpr Bytes mebi(int64_t n) { return Bytes(n << 20); }
  static constexpr Bytes gibi(int64_t n) { return Bytes(n << 30); }
  static constexpr Bytes max() { return Bytes(std::numeric_limits<int64_t>::max()); }

  constexpr int64_t count() const { return count_; }
  constexpr double to_gigabytes() const { return static_cast<double>(count_) * 1e-9; }

  constexpr auto operator<=>(const Bytes&) const = default;
  constexpr Bytes& operator+=(Bytes other) { return count_ += other.count_, *this; }
  constexpr Bytes& operator-=(Bytes other) { return count_ -= other.count_, *this; }
  friend constexpr Bytes operator+(Bytes a, Bytes b) { return Bytes(a.count_ + b.count_); }
  friend constexpr Bytes operator-(Bytes a, Bytes b) { return Bytes(a.count_ - b.count_); }
  friend constexpr Bytes operator*(Bytes a, int64_t n) { return Bytes(a.count_ * n); }
  friend constexpr Bytes operator*(int64_t n, Bytes a) { return Bytes(a.count_ * n); }
  friend constexpr Bytes operator/(Bytes a, int64_t n) { return Bytes(a.count_ / n); }

 private:
  int64_t count_ = 0;
};

class Bandwidth {
 public:
  constexpr Bandwidth() = default;
  static constexpr Bandwidth bytes_per_second(int64_t n) { return Bandwidth(n); }
  static constexpr Bandwidth mebi_per_second(int64_t n) { return Bandwidth(n << 20); }
  // No limit that a transfer could notice.
  static constexpr Bandwidth unlimited() { return Bandwidth(int64_t{1} << 50); }

  constexpr int64_t count() const { return bytes_per_second_; }
  constexpr auto operator<=>(const Bandwidth&) const = default;

 private:
  explicit constexpr Bandwidth(int64_t n) : bytes_per_second_(n) {}
  int64_t bytes_per_second_ = 0;
};

// Time to move `amount` at `rate`, rounded up to the next nanosecond. REQUIRES: amount >= 0,
// rate > 0, and less than 292 years.
constexpr Duration transfer_time(Bytes amount, Bandwidth rate) {
  return time_at(amount.count(), rate.count());
}

// What passes in `time` at `rate`, rounded down. REQUIRES: time >= 0.
constexpr Bytes amount_in(Duration time, Bandwidth rate) {
  ENSURE(time >= Duration::zero(), time.count_ns());
  const auto bytes = static_cast<Int128>(time.count_ns()) * rate.count() / 1'000'000'000;
  ENSURE(bytes <= Bytes::max().count(), time.count_ns(), rate.count());
  return Bytes(static_cast<int64_t>(bytes));
}

}  // namespace wukong

// Amounts of data (integer bytes) and rates (integer bytes per second). What does not fit is
// refused (LimitError), never wrapped.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/base/time.h"

namespace wukong {

constexpr CountLimit kMostData{"less than 2^63 bytes (9 exabytes)"};
constexpr CountLimit kHighestRate{"less than 2^63 bytes per second"};

class Bytes {
 public:
  constexpr Bytes() = default;
  explicit constexpr Bytes(int64_t count) : count_(count) {}
  static constexpr Bytes kibi(int64_t n) { return Bytes(int64_t{1} << 10) * n; }
  static constexpr Bytes mebi(int64_t n) { return Bytes(int64_t{1} << 20) * n; }
  static constexpr Bytes gibi(int64_t n) { return Bytes(int64_t{1} << 30) * n; }
  // Of model arithmetic, without its fraction.
  static constexpr Bytes whole(double count) { return Bytes(truncated(count, kMostData)); }
  static constexpr Bytes max() { return Bytes(std::numeric_limits<int64_t>::max()); }

  constexpr int64_t count() const { return count_; }
  constexpr double to_gigabytes() const { return static_cast<double>(count_) * 1e-9; }

  constexpr auto operator<=>(const Bytes&) const = default;
  constexpr Bytes& operator+=(Bytes other) { return *this = *this + other; }
  constexpr Bytes& operator-=(Bytes other) { return *this = *this - other; }
  friend constexpr Bytes operator+(Bytes a, Bytes b) {
    return Bytes(sum_of(a.count_, b.count_, kMostData));
  }
  friend constexpr Bytes operator-(Bytes a, Bytes b) {
    return Bytes(difference_of(a.count_, b.count_, kMostData));
  }
  friend constexpr Bytes operator*(Bytes a, int64_t n) {
    return Bytes(product_of(a.count_, n, kMostData));
  }
  friend constexpr Bytes operator*(int64_t n, Bytes a) { return a * n; }
  friend constexpr Bytes operator/(Bytes a, int64_t n) { return Bytes(a.count_ / n); }

 private:
  int64_t count_ = 0;
};

class Bandwidth {
 public:
  constexpr Bandwidth() = default;
  static constexpr Bandwidth bytes_per_second(int64_t n) { return Bandwidth(n); }
  static constexpr Bandwidth mebi_per_second(int64_t n) {
    return Bandwidth(product_of(n, 1 << 20, kHighestRate));
  }
  // No limit that a transfer could notice.
  static constexpr Bandwidth unlimited() { return Bandwidth(int64_t{1} << 50); }
  // Of model arithmetic, without its fraction; at most unlimited.
  static constexpr Bandwidth whole(double n) {
    const auto most = static_cast<double>(unlimited().count());
    return Bandwidth(truncated(n > most ? most : n, kHighestRate));
  }

  constexpr int64_t count() const { return bytes_per_second_; }
  constexpr auto operator<=>(const Bandwidth&) const = default;

 private:
  explicit constexpr Bandwidth(int64_t n) : bytes_per_second_(n) {}
  int64_t bytes_per_second_ = 0;
};

// Time to move `amount` at `rate`, rounded up to the next nanosecond. REQUIRES: amount >= 0,
// rate > 0.
constexpr Duration transfer_time(Bytes amount, Bandwidth rate) {
  return time_at(amount.count(), rate.count());
}

// What passes in `time` at `rate`, rounded down. REQUIRES: time >= 0.
constexpr Bytes amount_in(Duration time, Bandwidth rate) {
  ENSURE(time >= Duration::zero(), time.count_ns());
  const auto bytes = static_cast<Int128>(time.count_ns()) * rate.count() / 1'000'000'000;
  return Bytes(narrowed(bytes, kMostData));
}

}  // namespace wukong

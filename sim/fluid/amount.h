// How much of a resource an activity needs, and how fast it gets it. What the unit is (a byte, a
// nanosecond of a vCPU) only the client knows whose resource it is: it converts its own type in one
// place, and resources of different units do not meet in one activity.
#pragma once

#include <compare>
#include <cstdint>

#include "sim/base/arithmetic.h"
#include "sim/base/time.h"

namespace wukong::fluid {

constexpr CountLimit kLargestAmount{"less than 2^63 units of a shared resource"};

class Amount {
 public:
  constexpr Amount() = default;
  explicit constexpr Amount(int64_t count) : count_(count) {}

  constexpr int64_t count() const { return count_; }
  constexpr double as_double() const { return static_cast<double>(count_); }

  constexpr auto operator<=>(const Amount&) const = default;
  constexpr Amount& operator+=(Amount other) { return *this = *this + other; }
  friend constexpr Amount operator+(Amount a, Amount b) {
    return Amount(sum_of(a.count_, b.count_, kLargestAmount));
  }
  friend constexpr Amount operator-(Amount a, Amount b) {
    return Amount(difference_of(a.count_, b.count_, kLargestAmount));
  }

 private:
  int64_t count_ = 0;
};

class Rate {
 public:
  constexpr Rate() = default;
  static constexpr Rate per_second(int64_t count) { return Rate(count); }
  // No limit that an activity could notice.
  static constexpr Rate unlimited() { return Rate(int64_t{1} << 50); }

  constexpr int64_t count() const { return per_second_; }
  constexpr double as_double() const { return static_cast<double>(per_second_); }

  constexpr auto operator<=>(const Rate&) const = default;

 private:
  explicit constexpr Rate(int64_t count) : per_second_(count) {}
  int64_t per_second_ = 0;
};

// Time to get `amount` at `rate`, rounded up to the next nanosecond. REQUIRES: amount >= 0 and
// rate > 0.
constexpr Duration time_for(Amount amount, Rate rate) {
  return time_at(amount.count(), rate.count());
}

}  // namespace wukong::fluid

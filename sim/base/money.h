// Money in integer units of 1e-12 US dollars: a millisecond of a 128 MB function still costs 2,083
// of them, and nine million dollars fit. Prices times quantities round up, once, where they are
// billed.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "sim/base/check.h"
#include "sim/base/time.h"
#include "sim/base/wide.h"

namespace wukong {

class Money {
 public:
  constexpr Money() = default;
  static constexpr Money pico_usd(int64_t n) { return Money(n); }
  // Rounds to the nearest unit. For prices read from files.
  static constexpr Money from_usd(double usd) {
    return Money(static_cast<int64_t>(usd * 1e12 + (usd < 0 ? -0.5 : 0.5)));
  }

  constexpr int64_t count_pico_usd() const { return pico_usd_; }
  constexpr double to_usd() const { return static_cast<double>(pico_usd_) * 1e-12; }

  constexpr auto operator<=>(const Money&) const = default;
  constexpr Money& operator+=(Money other) { return pico_usd_ += other.pico_usd_, *this; }
  friend constexpr Money operator+(Money a, Money b) { return Money(a.pico_usd_ + b.pico_usd_); }
  friend constexpr Money operator-(Money a, Money b) { return Money(a.pico_usd_ - b.pico_usd_); }
  friend constexpr Money operator*(Money a, int64_t n) { return Money(a.pico_usd_ * n); }

 private:
  explicit constexpr Money(int64_t n) : pico_usd_(n) {}
  int64_t pico_usd_ = 0;
};

// `price` per `unit` quantity, for `quantity`, rounded up. REQUIRES: price >= 0,
// quantity >= 0, unit > 0.
constexpr Money charge(Money price, Int128 quantity, Int128 unit) {
  ENSURE(price >= Money() && quantity >= 0 && unit > 0, price.count_pico_usd());
  const Int128 total = (static_cast<Int128>(price.count_pico_usd()) * quantity + unit - 1) / unit;
  ENSURE(total <= std::numeric_limits<int64_t>::max(), price.count_pico_usd());
  return Money::pico_usd(static_cast<int64_t>(total));
}

constexpr Money charge_hourly(Money price_per_hour, Duration time) {
  return charge(price_per_hour, time.count_ns(), Duration::seconds(3600).count_ns());
}

}  // namespace wukong

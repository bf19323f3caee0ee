// Money in integer units of 1e-12 US dollars: a millisecond of a 128 MB function still costs 2,083
// of them, and nine million dollars fit. Prices times quantities round up, once, where they are
// billed. What does not fit is refused (LimitError), never wrapped.
#pragma once

#include <compare>
#include <cstdint>

#include "sim/base/arithmetic.h"
#include "sim/base/check.h"
#include "sim/base/time.h"

namespace wukong {

constexpr CountLimit kMostMoney{"less than 2^63 picodollars (nine million dollars)"};

class Money {
 public:
  constexpr Money() = default;
  static constexpr Money pico_usd(int64_t n) { return Money(n); }
  // Rounds to the nearest unit. For prices read from files.
  static constexpr Money from_usd(double usd) { return Money(rounded(usd * 1e12, kMostMoney)); }

  constexpr int64_t count_pico_usd() const { return pico_usd_; }
  constexpr double to_usd() const { return static_cast<double>(pico_usd_) * 1e-12; }

  constexpr auto operator<=>(const Money&) const = default;
  constexpr Money& operator+=(Money other) { return *this = *this + other; }
  friend constexpr Money operator+(Money a, Money b) {
    return Money(sum_of(a.pico_usd_, b.pico_usd_, kMostMoney));
  }
  friend constexpr Money operator-(Money a, Money b) {
    return Money(difference_of(a.pico_usd_, b.pico_usd_, kMostMoney));
  }
  friend constexpr Money operator*(Money a, int64_t n) {
    return Money(product_of(a.pico_usd_, n, kMostMoney));
  }

 private:
  explicit constexpr Money(int64_t n) : pico_usd_(n) {}
  int64_t pico_usd_ = 0;
};

// `price` per `unit` quantity, for `quantity`, rounded up. REQUIRES: price >= 0,
// quantity >= 0, unit > 0.
constexpr Money charge(Money price, Int128 quantity, Int128 unit) {
  ENSURE(price >= Money() && quantity >= 0 && unit > 0, price.count_pico_usd());
  // Of the whole units and of the rest apart, so that the product has 128 bits at most.
  const Int128 unit_price = price.count_pico_usd();
  const Int128 whole = narrowed(quantity / unit, kMostMoney) * unit_price;
  const Int128 rest = (quantity % unit * unit_price + unit - 1) / unit;
  return Money::pico_usd(narrowed(whole + rest, kMostMoney));
}

constexpr Money charge_hourly(Money price_per_hour, Duration time) {
  return charge(price_per_hour, time.count_ns(), Duration::seconds(3600).count_ns());
}

}  // namespace wukong

// What is left of a resource's burst: an amount that may be taken beyond the base rate. Use above
// the base rate draws it down; while the resource is idle it refills at the base rate, but only up
// to half of the burst, so that the other half is had once. That is what AWS Lambda's network does
// (arXiv 2501.07771, section 4.2). Use below the base rate neither draws nor refills.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/time.h"
#include "sim/fluid/amount.h"

namespace wukong::fluid {

class BurstAllowance {
 public:
  BurstAllowance(Amount allowance, Rate base_rate)
      : left_(allowance.as_double()), refill_limit_(left_ / 2), rate_(base_rate.as_double()) {}

  // Below zero by less than what is taken in a nanosecond, as time is in whole ones.
  double left() const { return left_; }
  // Less than one unit counts as nothing.
  bool empty() const { return left_ < 1; }

  // `usage` per second was taken for `time`.
  void use(Duration time, double usage) {
    if (usage > rate_) left_ -= (usage - rate_) * time.to_seconds();
  }

  void refill(Duration idle) {
    if (left_ < refill_limit_) left_ = std::min(refill_limit_, left_ + rate_ * idle.to_seconds());
  }

  // How long it lasts at this usage, rounded up; nothing if forever.
  std::optional<Duration> lasts(double usage) const {
    const double seconds = left_ / (usage - rate_);
    if (usage <= rate_ || seconds > kForever) return std::nullopt;
    if (left_ <= 0) return Duration::zero();
    return Duration::nanoseconds(static_cast<int64_t>(std::ceil(seconds * 1e9)));
  }

 private:
  // Seconds: 31 years, longer than any run; in nanoseconds it fits into 64 bits nine times.
  static constexpr double kForever = 1e9;

  double left_;
  double refill_limit_;
  double rate_;
};

}  // namespace wukong::fluid

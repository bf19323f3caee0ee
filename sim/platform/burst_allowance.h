// What is left of a link's burst: bytes that may pass beyond the base rate. Use above the base rate
// draws it down; while the link is idle it refills at the base rate, but only up to half of the
// burst, so that the other half is had once (arXiv 2501.07771, section 4.2). Use below the base
// rate neither draws nor refills.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong::sim {

class BurstAllowance {
 public:
  BurstAllowance(Bytes burst, Bandwidth rate)
      : left_(static_cast<double>(burst.count())),
        refill_limit_(left_ / 2),
        rate_(static_cast<double>(rate.count())) {}

  // In bytes. Below zero by less than what passes in a nanosecond, as time is in whole ones.
  double left() const { return left_; }
  // Less than a byte counts as nothing.
  bool empty() const { return left_ < 1; }

  // `usage` bytes per second passed for `time`.
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
  static constexpr double kForever = 1e9;  // seconds

  double left_;
  double refill_limit_;
  double rate_;
};

}  // namespace wukong::sim

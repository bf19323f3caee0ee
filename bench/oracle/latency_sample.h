// Latencies that are drawn from one lognormal distribution: whether they can be, each alone and all
// together.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "bench/invariants/broken_invariants.h"
#include "sim/base/time.h"

namespace wukong::oracle {

// Of times with that mean. (What is nothing for rounding alone may still be drawn as something.)
inline Duration median_of(Duration mean, double sigma) {
  if (sigma == 0) return mean;
  const auto median = Duration::from_seconds(mean.to_seconds() * std::exp(-sigma * sigma / 2));
  return std::max(median, std::min(mean, Duration::nanoseconds(1)));
}

class LatencySample {
 public:
  // `sigma`: the deviation of the logarithm.
  LatencySample(std::string what, Duration median, double sigma)
      : what_(std::move(what)), median_(median), sigma_(sigma) {}

  void add(Duration latency, invariants::BrokenInvariants& broken) {
    if (sigma_ == 0 || median_ == Duration::zero()) {
      broken.expect(latency == median_, "{} takes another time than it always does", what_);
      return;
    }
    // Rounded to a nanosecond; and where that is too coarse, nothing can be said.
    if (median_ < Duration::microseconds(1)) return;
    // One that is rounded to nothing is less than half a nanosecond.
    const double nanoseconds = std::max(static_cast<double>(latency.count_ns()), 0.5);
    const double deviations =
        std::log(nanoseconds / static_cast<double>(median_.count_ns())) / sigma_;
    // The normal numbers of 53 bits end there.
    broken.expect(std::abs(deviations) <= 12 || latency < Duration::microseconds(1),
                  "{} takes a time that it cannot take", what_);
    sum_ += deviations;
    ++count_;
  }

  // The mean is off by seven of its deviations once in 4e11 runs.
  void end(invariants::BrokenInvariants& broken) const {
    broken.expect(std::abs(sum_) <= 7 * std::sqrt(count_),
                  "{} takes longer or shorter than its latencies are drawn", what_);
  }

 private:
  std::string what_;
  Duration median_;
  double sigma_;
  double sum_ = 0;
  double count_ = 0;
};

}  // namespace wukong::oracle

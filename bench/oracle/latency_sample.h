// Latencies that are drawn from one lognormal distribution: whether they can be, each alone and all
// together.
#pragma once

#include <cmath>
#include <string>

#include "bench/invariants/broken_invariants.h"
#include "sim/base/time.h"

namespace wukong::oracle {

class LatencySample {
 public:
  // `sigma`: the deviation of the logarithm.
  LatencySample(std::string what, Duration median, double sigma)
      : what_(std::move(what)), median_(median), sigma_(sigma) {}

  void add(Duration latency, invariants::BrokenInvariants& broken) {
    if (sigma_ == 0 || median_ == Duration::zero()) {
      broken.expect(latency == median_, what_ + " takes another time than it always does");
      return;
    }
    // Rounded to a nanosecond; and where that is too coarse, nothing can be said.
    if (median_ < Duration::microseconds(1)) return;
    const double deviations = std::log(latency.to_seconds() / median_.to_seconds()) / sigma_;
    // The normal numbers of 53 bits end there.
    broken.expect(std::abs(deviations) <= 12 || latency < Duration::microseconds(1),
                  what_ + " takes a time that it cannot take");
    sum_ += deviations;
    ++count_;
  }

  // The mean is off by seven of its deviations once in 4e11 runs.
  void end(invariants::BrokenInvariants& broken) const {
    broken.expect(std::abs(sum_) <= 7 * std::sqrt(count_),
                  what_ + " takes longer or shorter than its latencies are drawn");
  }

 private:
  std::string what_;
  Duration median_;
  double sigma_;
  double sum_ = 0;
  double count_ = 0;
};

}  // namespace wukong::oracle

// A kind of jobs, drawn by weight.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/base/random.h"
#include "workloads/arrivals/arrivals.h"

namespace wukong::arrivals {

class KindDraw {
 public:
  // REQUIRES: at least one weight is above zero.
  KindDraw(const std::vector<double>& weights, uint64_t seed)
      : random_(seed, "arrivals.kind"), cumulative_(weights.size()) {
    std::partial_sum(weights.begin(), weights.end(), cumulative_.begin());
  }

  JobKindId next() {
    // Below the sum, so it is within a kind that has a weight.
    const double drawn = random_.uniform() * cumulative_.back();
    const auto kind = std::upper_bound(cumulative_.begin(), cumulative_.end(), drawn);
    return JobKindId(static_cast<size_t>(kind - cumulative_.begin()));
  }

 private:
  RandomStream random_;
  std::vector<double> cumulative_;
};

}  // namespace wukong::arrivals

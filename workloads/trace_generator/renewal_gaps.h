// The times between the invocations of an application: a renewal process whose gaps are Gamma
// distributed with any mean and coefficient of variation; one of 0 is periodic. Which distribution
// the traces' gaps have is not published, only the coefficient; Gamma has the Poisson process at 1.
#pragma once

#include "sim/base/random.h"
#include "sim/base/time.h"

namespace wukong::trace_generator {

class RenewalGaps {
 public:
  // REQUIRES: mean_s > 0, variation >= 0.
  RenewalGaps(double mean_s, double variation);

  // From a time that nothing marks out to the first one: a part of a gap that is found the more
  // likely, the longer it is.
  Duration first(RandomStream& random) const;
  Duration next(RandomStream& random) const;

 private:
  double mean_ns_;
  double shape_;  // of the Gamma distribution, 1 / variation^2; 0: periodic
};

}  // namespace wukong::trace_generator

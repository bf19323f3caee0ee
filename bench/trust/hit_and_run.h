// A sampler of sets of values that are almost as good as a start: hit-and-run. From where it stands
// it draws a direction, in which a few parameters change together, and on that line a value within
// a stretch around it and within the bounds; if the loss there is above the limit, the stretch is
// cut at that value and drawn from again. Steps are in logarithms. How far a parameter is tried
// grows when that helps and shrinks when it does not, so that what the points do not determine goes
// far. What it visits spreads, with time, over all that is connected with the start below the
// limit; fifty steps are no such time, so the spread is rather too small than too large.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "bench/calibration/plan.h"

namespace wukong::trust {

using Values = std::vector<double>;  // one for each parameter
using Loss = std::function<double(const Values&)>;

struct HitAndRunOptions {
  size_t members = 50;
  double slack = 0.15;  // the limit is (1 + slack) times the start's loss
  uint64_t seed = 1;
};

struct HitAndRunResult {
  double start_loss = 0;
  std::vector<Values> members;
  std::vector<double> losses;  // of the members
  size_t evaluations = 0;
};

// The members are as tried_value() gives them. REQUIRES: each start is within its bounds.
HitAndRunResult hit_and_run(const std::vector<calibration::FreeParameter>& parameters,
                            const Values& start, const HitAndRunOptions& options, const Loss& loss);

}  // namespace wukong::trust

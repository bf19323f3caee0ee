#include "bench/reproduction/work_estimate.h"

#include "sim/base/check.h"

namespace wukong::reproduction {

void WorkEstimate::add(double size, size_t runs) { parts_.push_back({size, runs}); }

void WorkEstimate::finish(size_t experiment, double seconds) {
  ENSURE(experiment < parts_.size(), experiment, parts_.size());
  Part& part = parts_[experiment];
  ENSURE(part.finished < part.runs, experiment, part.runs);
  ++part.finished;
  part.seconds += seconds;
}

double WorkEstimate::fraction_done() const {
  double done = 0, measured_size = 0;
  for (const Part& part : parts_) {
    done += part.seconds;
    measured_size += part.size * static_cast<double>(part.finished);
  }
  double left = 0, unknown_size = 0;
  for (const Part& part : parts_) {
    const auto runs_left = static_cast<double>(part.runs - part.finished);
    if (part.finished > 0)
      left += runs_left * part.seconds / static_cast<double>(part.finished);
    else
      unknown_size += runs_left * part.size;
  }
  if (measured_size > 0) left += unknown_size * done / measured_size;
  if (done + left > 0) return done / (done + left);
  return 0;
}

}  // namespace wukong::reproduction

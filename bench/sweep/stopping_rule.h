// How many replicates a point gets: a number, or until the mean is known well enough:
//   until: {metric: makespan_s, relative_halfwidth: 0.02, confidence: 0.95, at_most: 100}
// All systems of a point get the same seeds, so that their differences are paired; the rule looks
// at the one that is known worst. It looks after `at_least` (5) replicates and then each time there
// are half as many more: the answer depends on results only, not on who computed them when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/parameters/parameter_tree.h"
#include "sim/base/fields.h"

namespace wukong::sweep {

struct StoppingRule {
  std::string metric;  // empty: the number of replicates is fixed
  double relative_halfwidth = 0.05;
  double confidence = 0.95;
  int64_t at_least = 5;
  int64_t at_most = 1;

  bool adaptive() const { return !metric.empty(); }
  int64_t first_batch() const { return adaptive() ? std::min(at_least, at_most) : at_most; }
  // How many replicates there should be, given the watched values of the completed runs among the
  // first `replicates`, by system. The same number: enough.
  int64_t next_total(int64_t replicates, const std::vector<std::vector<double>>& values) const;
};

// The map `until`.
StoppingRule read_stopping_rule(const parameters::ParameterTree& written);

}  // namespace wukong::sweep

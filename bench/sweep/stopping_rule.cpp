#include "bench/sweep/stopping_rule.h"

#include <algorithm>
#include <cmath>

#include "bench/parameters/parameter_reader.h"
#include "bench/result/metric.h"
#include "bench/results/statistics.h"
#include "sim/base/check.h"

namespace wukong::sweep {

int64_t StoppingRule::next_total(int64_t replicates,
                                 const std::vector<std::vector<double>>& values) const {
  ENSURE(replicates > 0 && replicates <= at_most, replicates, at_most);
  if (!adaptive() || replicates == at_most) return replicates;
  const bool enough = std::all_of(values.begin(), values.end(), [&](const auto& of_system) {
    if (of_system.empty()) return true;  // it always fails here: more of it says nothing
    if (of_system.size() < 2) return false;
    const results::Sample sample = results::describe_sample(of_system, confidence);
    return sample.halfwidth() <= relative_halfwidth * std::abs(sample.mean);
  });
  return enough ? replicates : std::min(at_most, replicates + (replicates + 1) / 2);
}

StoppingRule read_stopping_rule(const parameters::ParameterTree& written) {
  StoppingRule rule;
  rule.at_most = 100;
  parameters::ParameterReader reader(written, {"until"}, parameters::MissingKey::keeps_default);
  reader.field("metric", rule.metric);
  reader.field("relative_halfwidth", rule.relative_halfwidth, Bounds{1e-6, 10});
  reader.field("confidence", rule.confidence, Bounds{0.5, 0.999999});
  reader.field("at_least", rule.at_least, Bounds{2, 1e6});
  reader.field("at_most", rule.at_most, Bounds{2, 1e6});
  reader.finish();
  result::find_metric(*written.find("metric"), "until.metric");
  return rule;
}

}  // namespace wukong::sweep

// Simulates the points of a stage with one set of presets after the other. Remembers every
// experiment that it ran: a change of one preset runs only the points that use it. Results do not
// depend on the number of threads.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bench/calibration/targets.h"
#include "bench/reproduction/campaign.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::calibration {

struct EvaluatorOptions {
  size_t replicates = 2;
  unsigned threads = 0;  // none: one for each core
};
// The share of one evaluation that is done.
using EvaluationListener = std::function<void(double)>;

class Evaluator {
 public:
  // The points must outlive the evaluator.
  Evaluator(const std::vector<CalibrationPoint>& points, const EvaluatorOptions& options);

  // One for each point: the mean of the replicates that completed, or a failure if most did not.
  std::vector<Simulated> evaluate(const experiment::Catalog& catalog,
                                  const EvaluationListener& listener);
  // How many replicates were run, over all evaluations.
  size_t runs() const { return known_.size() * options_.replicates; }

 private:
  const std::vector<CalibrationPoint>& points_;
  EvaluatorOptions options_;
  std::map<std::string, std::vector<run::RunResult>> known_;  // by fingerprint
};

}  // namespace wukong::calibration

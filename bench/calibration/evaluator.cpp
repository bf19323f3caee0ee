#include "bench/calibration/evaluator.h"

#include "bench/reproduction/point_experiment.h"
#include "bench/result/summary.h"
#include "sim/base/check.h"

namespace wukong::calibration {
namespace {

Simulated simulated_by(const result::Metric& metric, const std::vector<run::RunResult>& runs) {
  std::vector<double> values;
  for (const run::RunResult& run : runs)
    if (run.completed) values.push_back(metric.of(run));
  if (2 * (runs.size() - values.size()) > runs.size()) return std::nullopt;
  return result::summarise(values).mean;
}

}  // namespace

Evaluator::Evaluator(const std::vector<CalibrationPoint>& points, const EvaluatorOptions& options)
    : points_(points), options_(options) {
  ENSURE(!points.empty());
  ENSURE(options.replicates > 0);
}

std::vector<Simulated> Evaluator::evaluate(const experiment::Catalog& catalog,
                                           const EvaluationListener& listener) {
  reproduction::Campaign campaign(options_.replicates);
  reproduction::PointExperiments experiments(catalog, {});
  std::vector<std::string> keys;
  std::map<std::string, reproduction::Campaign::ExperimentId> running;
  for (const CalibrationPoint& point : points_) {
    experiment::Experiment experiment = experiments.make(point.setup.parameters);
    keys.push_back(reproduction::fingerprint(experiment));
    if (known_.contains(keys.back()) || running.contains(keys.back())) continue;
    running.emplace(keys.back(), campaign.add(std::move(experiment)));
  }
  campaign.run(options_.threads, [&](const reproduction::CampaignProgress& progress) {
    listener(progress.work_done);
  });
  for (const auto& [key, id] : running) {
    const std::span<const run::RunResult> results = campaign.results(id);
    known_[key].assign(results.begin(), results.end());
  }
  std::vector<Simulated> simulated;
  for (size_t i = 0; i < points_.size(); ++i)
    simulated.push_back(simulated_by(*points_[i].setup.metric, known_.at(keys[i])));
  return simulated;
}

}  // namespace wukong::calibration

#include "bench/calibration/evaluator.h"

#include <algorithm>

#include "bench/reproduction/point_experiment.h"
#include "bench/summary.h"
#include "sim/base/check.h"

namespace wukong::bench {
namespace {

Simulated simulated_by(const Metric& metric, const std::vector<RunResult>& runs) {
  std::vector<double> values;
  for (const RunResult& run : runs)
    if (run.completed) values.push_back(metric.of(run));
  if (2 * (runs.size() - values.size()) > runs.size()) return std::nullopt;
  return summarise(values).mean;
}

// A pattern that fits nothing is a slip of the pen.
void check_pattern(const PointPattern& pattern, const std::vector<CalibrationPoint>& points,
                   const char* expected) {
  for (const CalibrationPoint& point : points)
    if (pattern.matches(point.name)) return;
  throw Error(pattern.origin.place(""), expected, "\"" + pattern.text + "\"");
}

std::vector<CalibrationPoint> all_points(const ReproductionLibrary& library) {
  std::vector<CalibrationPoint> points;
  for (const ReferenceFigure* figure : library.select({})) {
    FigureSetup setup = make_figure_setup(*figure, *library.description(figure->name));
    for (PointSetup& point : setup.points) {
      const ReferenceSeries& series = figure->series[point.series];
      const ReferenceValue& paper = series.values[point.x];
      if (!paper.is_number() && !paper.is_failure()) continue;
      PointName name{figure->name, series.name, figure->x[point.x].text};
      points.push_back({std::move(name), paper, std::move(point)});
    }
  }
  return points;
}

}  // namespace

std::vector<CalibrationPoint> select_points(const CalibrationStage& stage,
                                            const ReproductionLibrary& library) {
  std::vector<CalibrationPoint> points = all_points(library);
  for (const PointPattern& pattern : stage.points)
    check_pattern(pattern, points, "a pattern of points of which the paper has a value");
  for (const PointPattern& pattern : stage.except)
    check_pattern(pattern, points, "a pattern of points of which the paper has a value");
  std::erase_if(points, [&](const CalibrationPoint& point) { return !stage.fits(point.name); });
  if (points.empty())
    throw Error(stage.origin.place("except"), "a stage with points", "no point that is left");
  return points;
}

Evaluator::Evaluator(const std::vector<CalibrationPoint>& points, const EvaluatorOptions& options)
    : points_(points), options_(options) {
  ENSURE(!points.empty());
  ENSURE(options.replicates > 0);
}

std::vector<Simulated> Evaluator::evaluate(const Catalog& catalog,
                                           const EvaluationListener& listener) {
  Campaign campaign(options_.replicates);
  PointExperiments experiments(catalog, {});
  std::vector<std::string> keys;
  std::map<std::string, Campaign::ExperimentId> running;
  for (const CalibrationPoint& point : points_) {
    Experiment experiment = experiments.make(point.setup.parameters);
    keys.push_back(fingerprint(experiment));
    if (known_.contains(keys.back()) || running.contains(keys.back())) continue;
    running.emplace(keys.back(), campaign.add(std::move(experiment)));
  }
  campaign.run(options_.threads,
               [&](const CampaignProgress& progress) { listener(progress.work_done); });
  for (const auto& [key, id] : running) {
    const std::span<const RunResult> results = campaign.results(id);
    known_[key].assign(results.begin(), results.end());
  }
  std::vector<Simulated> simulated;
  for (size_t i = 0; i < points_.size(); ++i)
    simulated.push_back(simulated_by(*points_[i].setup.metric, known_.at(keys[i])));
  return simulated;
}

double mean_loss(const std::vector<CalibrationPoint>& points,
                 const std::vector<Simulated>& simulated) {
  ENSURE(points.size() == simulated.size(), points.size(), simulated.size());
  double sum = 0;
  for (size_t i = 0; i < points.size(); ++i) sum += point_loss(simulated[i], points[i].paper);
  return sum / static_cast<double>(points.size());
}

}  // namespace wukong::bench

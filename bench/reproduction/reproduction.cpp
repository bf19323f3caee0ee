#include "bench/reproduction/reproduction.h"

#include <cmath>
#include <limits>

#include "bench/reproduction/point_experiment.h"
#include "sim/base/check.h"

namespace wukong::reproduction {
namespace {

struct PlannedPoint {
  PointSetup setup;
  std::string system;
  Campaign::ExperimentId experiment;
};

PointResult make_result(const PlannedPoint& point, const ReferenceFigure& reference,
                        std::span<const run::RunResult> runs) {
  PointResult result;
  result.series = point.setup.series;
  result.x = point.setup.x;
  result.metric = point.setup.metric;
  result.system = point.system;
  result.reference = reference.series[result.series].values[result.x];
  result.runs.assign(runs.begin(), runs.end());
  std::vector<double> values;
  for (const run::RunResult& run : runs)
    if (run.completed) values.push_back(result.metric->of(run));
  result.simulated = result::summarise(values);
  result.failed = runs.size() - values.size();
  result.fails = 2 * result.failed > runs.size();
  return result;
}

}  // namespace

std::string PointResult::failure() const {
  for (const run::RunResult& run : runs)
    if (!run.completed) return run.failure;
  return "";
}

std::optional<double> PointResult::relative_error() const {
  if (!reference.is_number()) return std::nullopt;
  if (fails) return std::numeric_limits<double>::infinity();
  return std::abs(simulated.mean - reference.number) / reference.number;
}

const PointResult& FigureResult::at(size_t series, size_t x) const {
  const size_t index = series * reference->x.size() + x;
  ENSURE(index < points.size(), series, x, points.size());
  ENSURE(points[index].series == series && points[index].x == x, series, x);
  return points[index];
}

std::vector<FigureResult> reproduce(const ReproductionLibrary& library,
                                    const experiment::Catalog& catalog,
                                    const ReproductionOptions& options,
                                    const ProgressListener& listener) {
  Campaign campaign(options.replicates);
  PointExperiments experiments(catalog, options.settings);
  std::vector<FigureResult> figures;
  std::vector<std::vector<PlannedPoint>> planned;
  for (const ReferenceFigure* reference : library.select(options.figures)) {
    const FigureSetup setup = make_figure_setup(*reference, *library.description(reference->name));
    figures.push_back({reference, setup.note, setup.plot, {}});
    planned.emplace_back();
    for (const PointSetup& point : setup.points) {
      experiment::Experiment experiment = experiments.make(point.parameters);
      std::string system = system_group(experiment);
      planned.back().push_back({point, std::move(system), campaign.add(std::move(experiment))});
    }
  }
  experiments.check_all_used();
  campaign.run(options.threads, listener);
  for (size_t i = 0; i < figures.size(); ++i)
    for (const PlannedPoint& point : planned[i])
      figures[i].points.push_back(
          make_result(point, *figures[i].reference, campaign.results(point.experiment)));
  return figures;
}

}  // namespace wukong::reproduction

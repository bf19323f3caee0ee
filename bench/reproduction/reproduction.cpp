#include "bench/reproduction/reproduction.h"

#include <cmath>
#include <limits>
#include <utility>

#include "bench/reproduction/point_experiment.h"
#include "sim/base/check.h"

namespace wukong::reproduction {
namespace {

struct PlannedPoint {
  const PointSetup* setup;
  std::string system;
  Campaign::ExperimentId experiment;
};

using PlannedFigure = std::vector<PlannedPoint>;

PointResult make_result(const PlannedPoint& point, const ReferenceFigure& reference,
                        std::span<const run::RunResult> runs) {
  PointResult result;
  result.series = point.setup->series;
  result.x = point.setup->x;
  result.metric = point.setup->metric;
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

std::vector<PlannedFigure> plan_variant(const std::vector<FigureSetup>& setups,
                                        const ReproductionVariant& variant,
                                        const std::vector<std::string>& settings,
                                        Campaign& campaign) {
  PointExperiments experiments(*variant.catalog, settings);
  std::vector<PlannedFigure> planned;
  for (const FigureSetup& setup : setups) {
    planned.emplace_back();
    for (const PointSetup& point : setup.points) {
      experiment::Experiment experiment = experiments.make(point.parameters);
      experiment.seed += variant.seed_shift;
      std::string system = system_group(experiment);
      planned.back().push_back({&point, std::move(system), campaign.add(std::move(experiment))});
    }
  }
  experiments.check_all_used();
  return planned;
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
  return std::move(reproduce_variants(library, {{&catalog}}, options, listener).front());
}

std::vector<std::vector<FigureResult>> reproduce_variants(
    const ReproductionLibrary& library, const std::vector<ReproductionVariant>& variants,
    const ReproductionOptions& options, const ProgressListener& listener) {
  Campaign campaign(options.replicates);
  std::vector<FigureSetup> setups;
  for (const ReferenceFigure* reference : library.select(options.figures))
    setups.push_back(make_figure_setup(*reference, *library.description(reference->name)));
  std::vector<std::vector<PlannedFigure>> planned;
  for (const ReproductionVariant& variant : variants)
    planned.push_back(plan_variant(setups, variant, options.settings, campaign));
  campaign.run(options.threads, listener);
  std::vector<std::vector<FigureResult>> results(variants.size());
  for (size_t i = 0; i < variants.size(); ++i)
    for (size_t j = 0; j < setups.size(); ++j) {
      const FigureSetup& setup = setups[j];
      results[i].push_back({setup.reference, setup.note, setup.plot, {}});
      for (const PlannedPoint& point : planned[i][j])
        results[i].back().points.push_back(
            make_result(point, *setup.reference, campaign.results(point.experiment)));
    }
  return results;
}

}  // namespace wukong::reproduction

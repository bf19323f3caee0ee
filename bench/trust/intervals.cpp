#include "bench/trust/intervals.h"

#include <fmt/format.h>

#include "bench/experiment/catalog.h"
#include "bench/trust/preset_variants.h"

namespace wukong::trust {
namespace {

using Results = std::vector<std::vector<reproduction::FigureResult>>;  // by member

std::optional<reproduction::Interval> point_interval(const Results& results, size_t figure,
                                                     size_t point) {
  std::vector<double> values;
  size_t failures = 0;
  for (const std::vector<reproduction::FigureResult>& member : results) {
    const reproduction::PointResult& result = member[figure].points[point];
    for (const run::RunResult& run : result.runs)
      if (run.completed)
        values.push_back(result.metric->of(run));
      else
        ++failures;
  }
  return reproduction::interval_of(std::move(values), failures);
}

void add_headlines(const reproduction::ReproductionLibrary& library, const Results& results,
                   reproduction::Intervals& intervals) {
  std::vector<std::vector<reproduction::Headline>> headlines;
  for (const std::vector<reproduction::FigureResult>& member : results)
    headlines.push_back(reproduction::evaluate_headlines(library, member));
  for (size_t i = 0; i < headlines.front().size(); ++i) {
    std::vector<double> values;
    size_t failures = 0;
    for (const std::vector<reproduction::Headline>& member : headlines)
      if (member[i].fails)
        ++failures;
      else
        values.push_back(member[i].simulated);
    intervals.headlines.push_back(reproduction::interval_of(std::move(values), failures));
  }
}

}  // namespace

reproduction::Intervals measure_intervals(const reproduction::ReproductionLibrary& library,
                                          const Ensemble& ensemble,
                                          const experiment::Catalog& catalog,
                                          const calibration::PresetEdition& presets,
                                          const reproduction::ReproductionOptions& options,
                                          const reproduction::ProgressListener& listener) {
  std::vector<PresetVariant> variants;
  for (size_t i = 0; i < ensemble.members; ++i)
    variants.push_back({ensemble.member(i, presets), i});
  reproduction::ReproductionOptions once = options;
  once.replicates = 1;
  const Results results = reproduce_editions(library, variants, catalog, once, listener);
  reproduction::Intervals intervals;
  size_t evaluations = 0;
  for (const StageEnsemble& stage : ensemble.stages) evaluations += stage.chain.evaluations;
  intervals.how = fmt::format(
      "from the 5th to the 95th percentile of {} sets of parameters within their bounds, each "
      "stage's loss at most {:.0f} % above that of the presets, drawn by hit-and-run ({} "
      "evaluations), one run each with a seed of its own",
      ensemble.members, 100 * ensemble.slack, evaluations);
  for (size_t figure = 0; figure < results.front().size(); ++figure) {
    intervals.points.emplace_back();
    const bool is_outside = results.front()[figure].reference->is_outside;
    const std::vector<reproduction::PointResult>& points = results.front()[figure].points;
    for (size_t point = 0; point < points.size(); ++point) {
      const auto interval = point_interval(results, figure, point);
      intervals.points.back().push_back(interval);
      if (is_outside || !points[point].reference.is_number()) continue;
      ++intervals.given;
      if (interval && interval->contains(points[point].reference.number)) ++intervals.covering;
    }
  }
  add_headlines(library, results, intervals);
  return intervals;
}

}  // namespace wukong::trust

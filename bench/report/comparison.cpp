#include "bench/report/comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/experiment/experiment.h"
#include "bench/report/report.h"
#include "sim/base/error.h"

namespace wukong::report {
namespace {

std::vector<const result::Metric*> metrics_of(const ComparisonOptions& options, bool of_loads) {
  std::vector<const result::Metric*> chosen;
  for (const std::string& name : options.metrics) {
    const result::Metric* const metric = &result::find_metric(name, "--metric");
    if (std::find(chosen.begin(), chosen.end(), metric) == chosen.end()) chosen.push_back(metric);
  }
  if (!chosen.empty()) return chosen;
  for (const result::MetricGroup group : result::kReportOrder) {
    if (group == result::MetricGroup::load && !of_loads) continue;
    for (const result::Metric* metric : result::metrics_in(group))
      if (options.all || !metric->headline.empty()) chosen.push_back(metric);
  }
  return chosen;
}

// Nothing: the best one of each metric.
std::optional<size_t> base_system(const experiment::Experiment& experiment,
                                  const ComparisonOptions& options) {
  std::vector<std::string> labels{"first", "best"};
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    if (experiment.systems[i].label == options.ratio_to) return i;
    labels.push_back(experiment.systems[i].label);
  }
  if (options.ratio_to == "first") return 0;
  if (options.ratio_to == "best") return std::nullopt;
  throw Error({"--ratio-to", 0, ""}, fmt::format("one of {}", fmt::join(labels, ", ")),
              "\"" + options.ratio_to + "\"" + did_you_mean(options.ratio_to, labels));
}

// Of the metric, with the best mean.
std::optional<size_t> best_system(const SystemComparison& comparison, size_t metric) {
  std::optional<size_t> best;
  const bool higher = comparison.metrics[metric]->better == result::Better::higher;
  const auto mean = [&](size_t i) { return comparison.systems[i].values[metric].summary.mean; };
  for (size_t i = 0; i < comparison.systems.size(); ++i) {
    if (comparison.systems[i].values[metric].summary.count == 0) continue;
    if (!best || (higher ? mean(i) > mean(*best) : mean(i) < mean(*best))) best = i;
  }
  return best;
}

void add_ratios(std::optional<size_t> base, SystemComparison& comparison) {
  for (size_t metric = 0; metric < comparison.metrics.size(); ++metric) {
    if (comparison.metrics[metric]->better == result::Better::neither) continue;
    const std::optional<size_t> one = base ? base : best_system(comparison, metric);
    if (!one) continue;
    const result::Summary& first = comparison.systems[*one].values[metric].summary;
    if (first.count == 0 || first.mean == 0) continue;
    for (ComparedSystem& system : comparison.systems)
      if (system.values[metric].summary.count > 0)
        system.values[metric].ratio = system.values[metric].summary.mean / first.mean;
  }
}

}  // namespace

void check_comparison(const experiment::Experiment& experiment, const ComparisonOptions& options) {
  metrics_of(options, experiment::is_load(experiment));
  base_system(experiment, options);
}

SystemComparison compare_systems(const experiment::Experiment& experiment,
                                 std::span<const run::RunResult> results,
                                 const ComparisonOptions& options) {
  SystemComparison comparison{metrics_of(options, experiment::is_load(experiment)), {}};
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    const std::span<const run::RunResult> runs = runs_of(experiment, results, i);
    ComparedSystem& system = comparison.systems.emplace_back();
    system.label = experiment.systems[i].label;
    system.runs = runs.size();
    for (const run::RunResult& run : runs) {
      if (run.completed) ++system.completed;
      if (!run.completed && system.failure.empty()) system.failure = run.failure;
    }
    for (const result::Metric* metric : comparison.metrics)
      system.values.push_back({result::summarise(*metric, runs), std::nullopt});
  }
  add_ratios(base_system(experiment, options), comparison);
  return comparison;
}

}  // namespace wukong::report

#include "bench/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/summary.h"
#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

size_t completed(std::span<const RunResult> runs) {
  return static_cast<size_t>(
      std::count_if(runs.begin(), runs.end(), [](const RunResult& run) { return run.completed; }));
}

std::string parameters_in_words(const std::vector<EffectiveParameter>& parameters) {
  std::string text;
  for (const EffectiveParameter& parameter : parameters)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", parameter.path.back(),
                        to_text(parameter.value));
  return text;
}

std::string dag_size(const RunResult& run) {
  return fmt::format("{} tasks, {} edges", format_count(static_cast<double>(run.tasks)),
                     format_count(static_cast<double>(run.edges)));
}

// Operations that nobody did are many, and say nothing; neither do quantities of special systems.
bool worth_showing(const Metric& metric, const Summary& summary) {
  const bool always = metric.group != MetricGroup::operations && !metric.field.empty();
  return always || summary.max > 0;
}

Table run_table(std::span<const RunResult> runs) {
  Table table({Align::left, Align::right, Align::left});
  for (const MetricGroup group : kReportOrder) {
    const std::string title(title_of(group));
    if (!title.empty()) table.add_heading("  " + title);
    for (const Metric* metric : metrics_in(group)) {
      const Summary summary = summarise(*metric, runs);
      if (!worth_showing(*metric, summary)) continue;
      table.add_row({(title.empty() ? "  " : "    ") + std::string(metric->label),
                     format_metric(*metric, summary.mean), spread_text(*metric, summary)});
    }
  }
  return table;
}

}  // namespace

std::span<const RunResult> runs_of(const Experiment& experiment, std::span<const RunResult> results,
                                   size_t system) {
  const auto replicates = static_cast<size_t>(experiment.replicates);
  return results.subspan(system * replicates, replicates);
}

std::string headline_text(const Experiment& experiment) {
  const int64_t count = experiment.replicates;
  return fmt::format(
      "{} ({}), {}", experiment.workload.name(), parameters_in_words(experiment.workload.effective),
      count == 1
          ? fmt::format("seed {}", experiment.seed)
          : fmt::format("{} replicates (seeds {} to {}): mean, least..most", count, experiment.seed,
                        experiment.seed + static_cast<uint64_t>(count) - 1));
}

std::string failures_text(std::span<const RunResult> runs, size_t width) {
  const size_t failed = runs.size() - completed(runs);
  if (failed == 0) return "";
  const RunResult& first =
      *std::find_if(runs.begin(), runs.end(), [](const RunResult& run) { return !run.completed; });
  if (!first.refusal.empty())
    return wrapped_text(fmt::format("{}: refused: {}", first.system, first.refusal), width);
  return wrapped_text(fmt::format("{}: {} of {} runs failed; the first, seed {}: {}", first.system,
                                  failed, runs.size(), first.seed, first.failure),
                      width);
}

std::string report_runs(const Experiment& experiment, std::span<const RunResult> results,
                        size_t width) {
  std::string text = wrapped_text(headline_text(experiment), width);
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    const std::span<const RunResult> runs = runs_of(experiment, results, i);
    text += "\n" + wrapped_text(fmt::format("{} ({})", runs.front().system, dag_size(runs.front())),
                                width);
    text += failures_text(runs, width);
    if (completed(runs) > 0) text += run_table(runs).to_text({.width = width});
  }
  return text;
}

}  // namespace wukong::bench

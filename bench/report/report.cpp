#include "bench/report/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/experiment/experiment.h"
#include "bench/load_report/load_report.h"
#include "bench/result/summary.h"
#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::report {
namespace {

using Align = text::Table::Align;

size_t completed(std::span<const run::RunResult> runs) {
  return static_cast<size_t>(std::count_if(
      runs.begin(), runs.end(), [](const run::RunResult& run) { return run.completed; }));
}

std::string parameters_in_words(const std::vector<parameters::EffectiveParameter>& parameters) {
  std::string text;
  for (const parameters::EffectiveParameter& parameter : parameters)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", parameter.path.back(),
                        parameters::to_text(parameter.value));
  return text;
}

std::string size_of(const run::RunResult& run) {
  if (run.load && run.tasks == 0)
    return text::format_count(static_cast<double>(run.load->all.arrived)) + " invocations";
  if (run.load)
    return fmt::format("{} jobs, {} tasks",
                       text::format_count(static_cast<double>(run.load->all.arrived)),
                       text::format_count(static_cast<double>(run.tasks)));
  return fmt::format("{} tasks, {} edges", text::format_count(static_cast<double>(run.tasks)),
                     text::format_count(static_cast<double>(run.edges)));
}

// Operations that nobody did are many, and say nothing; neither do quantities of special systems,
// nor those of tasks where there are none.
bool worth_showing(const result::Metric& metric, const result::Summary& summary, bool tasks) {
  const bool always =
      tasks && metric.group != result::MetricGroup::operations && !metric.field.empty();
  return always || summary.max > 0;
}

text::Table run_table(std::span<const run::RunResult> runs) {
  text::Table table({Align::left, Align::right, Align::left});
  for (const result::MetricGroup group : result::kReportOrder) {
    const std::string title(result::title_of(group));
    if (!title.empty()) table.add_heading("  " + title);
    for (const result::Metric* metric : result::metrics_in(group)) {
      const result::Summary summary = result::summarise(*metric, runs);
      if (!worth_showing(*metric, summary, runs.front().tasks > 0)) continue;
      table.add_row({(title.empty() ? "  " : "    ") + std::string(metric->label),
                     result::format_metric(*metric, summary.mean),
                     result::spread_text(*metric, summary)});
    }
  }
  return table;
}

}  // namespace

std::span<const run::RunResult> runs_of(const experiment::Experiment& experiment,
                                        std::span<const run::RunResult> results, size_t system) {
  const auto replicates = static_cast<size_t>(experiment.replicates);
  return results.subspan(system * replicates, replicates);
}

std::string headline_text(const experiment::Experiment& experiment) {
  const int64_t count = experiment.replicates;
  const std::string parameters = parameters_in_words(experiment.workload.in_short());
  return fmt::format(
      "{}{}, {}", experiment.workload.name(), parameters.empty() ? "" : " (" + parameters + ")",
      count == 1
          ? fmt::format("seed {}", experiment.seed)
          : fmt::format("{} replicates (seeds {} to {}): mean, least..most", count, experiment.seed,
                        experiment.seed + static_cast<uint64_t>(count) - 1));
}

std::string failures_text(std::span<const run::RunResult> runs, size_t width) {
  const size_t failed = runs.size() - completed(runs);
  if (failed == 0) return "";
  const run::RunResult& first = *std::find_if(
      runs.begin(), runs.end(), [](const run::RunResult& run) { return !run.completed; });
  if (!first.refusal.empty())
    return text::wrapped_text(fmt::format("{}: refused: {}", first.system, first.refusal), width);
  return text::wrapped_text(
      fmt::format("{}: {} of {} runs failed; the first, seed {}: {}", first.system, failed,
                  runs.size(), first.seed, first.failure),
      width);
}

std::string report_runs(const experiment::Experiment& experiment,
                        std::span<const run::RunResult> results, size_t width) {
  std::string text = text::wrapped_text(headline_text(experiment), width);
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    const std::span<const run::RunResult> runs = runs_of(experiment, results, i);
    text += "\n" + text::wrapped_text(
                       fmt::format("{} ({})", runs.front().system, size_of(runs.front())), width);
    text += failures_text(runs, width);
    if (completed(runs) > 0) text += run_table(runs).to_text({.width = width});
    if (runs.front().load) text += load_report::load_text(runs, width);
  }
  return text;
}

}  // namespace wukong::report

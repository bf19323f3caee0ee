#include "bench/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/summary.h"
#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

std::span<const RunResult> runs_of(const Experiment& experiment, std::span<const RunResult> results,
                                   size_t system) {
  const auto replicates = static_cast<size_t>(experiment.replicates);
  return results.subspan(system * replicates, replicates);
}

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

std::string headline(const Experiment& experiment) {
  const int64_t count = experiment.replicates;
  return fmt::format("{} ({}), {}\n", experiment.workload.name(),
                     parameters_in_words(experiment.workload.effective),
                     count == 1 ? fmt::format("seed {}", experiment.seed)
                                : fmt::format("{} replicates (seeds {} to {}): mean [min .. max]",
                                              count, experiment.seed,
                                              experiment.seed + static_cast<uint64_t>(count) - 1));
}

std::string dag_size(const RunResult& run) {
  return fmt::format("{} tasks, {} edges", format_count(static_cast<double>(run.tasks)),
                     format_count(static_cast<double>(run.edges)));
}

// The first line says what happened; a deadlock's report goes on with the processes that wait.
std::string failures(std::span<const RunResult> runs) {
  const size_t failed = runs.size() - completed(runs);
  if (failed == 0) return "";
  const RunResult& first =
      *std::find_if(runs.begin(), runs.end(), [](const RunResult& run) { return !run.completed; });
  if (!first.refusal.empty()) return fmt::format("{}: refused: {}\n", first.system, first.refusal);
  return fmt::format("{}: {} of {} runs failed; the first, seed {}: {}\n", first.system, failed,
                     runs.size(), first.seed, first.failure);
}

// Operations that nobody did are many, and say nothing.
bool worth_showing(const QuantityGroup& group, const Quantity& quantity,
                   std::span<const RunResult> results) {
  return group.title != "operations" || summarise(quantity, results).max > 0;
}

void add_comparison_rows(const Experiment& experiment, std::span<const RunResult> results,
                         Table& table) {
  for (const QuantityGroup& group : report_quantities()) {
    if (!group.title.empty()) table.add_heading(group.title);
    for (const Quantity& quantity : group.quantities) {
      if (!worth_showing(group, quantity, results)) continue;
      std::vector<std::string> row{(group.title.empty() ? "" : "  ") + quantity.name};
      for (size_t i = 0; i < experiment.systems.size(); ++i) {
        const Summary summary = summarise(quantity, runs_of(experiment, results, i));
        row.push_back(summary.count == 0 ? "-" : quantity.format(summary.mean));
        row.push_back(spread_text(summary, quantity.format));
      }
      table.add_row(std::move(row));
    }
  }
}

// Of the means, where both systems have one that is not zero.
std::string ratio(const Summary& summary, const Summary& first) {
  if (summary.count == 0 || first.mean == 0) return "-";
  return format_ratio(summary.mean / first.mean);
}

std::string ratio_table(const Experiment& experiment, std::span<const RunResult> results) {
  Table table([&] {
    std::vector<Align> columns(experiment.systems.size() + 1, Align::right);
    columns.front() = Align::left;
    return columns;
  }());
  std::vector<std::string> header{"ratio to " + experiment.systems.front().label};
  for (const SystemSetup& system : experiment.systems) header.push_back(system.label);
  table.add_row(std::move(header));
  for (const QuantityGroup& group : report_quantities()) {
    for (const Quantity& quantity : group.quantities) {
      const Summary first = summarise(quantity, runs_of(experiment, results, 0));
      if (group.title == "operations" || first.mean == 0) continue;
      const bool alone = group.title.empty() || group.title == "functions";
      const std::string title = group.title.substr(0, group.title.find(','));
      std::vector<std::string> row{alone ? quantity.name : title + " " + quantity.name};
      for (size_t i = 0; i < experiment.systems.size(); ++i)
        row.push_back(ratio(summarise(quantity, runs_of(experiment, results, i)), first));
      table.add_row(std::move(row));
    }
  }
  return table.to_text();
}

}  // namespace

std::string report_runs(const Experiment& experiment, std::span<const RunResult> results) {
  std::string text = headline(experiment);
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    const std::span<const RunResult> runs = runs_of(experiment, results, i);
    text += fmt::format("\n{} ({})\n", runs.front().system, dag_size(runs.front()));
    text += failures(runs);
    if (completed(runs) == 0) continue;
    Table table({Align::left, Align::right, Align::left});
    for (const QuantityGroup& group : report_quantities()) {
      if (!group.title.empty()) table.add_heading("  " + group.title);
      for (const Quantity& quantity : group.quantities) {
        if (!worth_showing(group, quantity, runs)) continue;
        const Summary summary = summarise(quantity, runs);
        table.add_row({(group.title.empty() ? "  " : "    ") + quantity.name,
                       quantity.format(summary.mean), spread_text(summary, quantity.format)});
      }
    }
    text += table.to_text();
  }
  return text;
}

std::string report_comparison(const Experiment& experiment, std::span<const RunResult> results) {
  std::vector<Align> columns{Align::left};
  std::vector<std::string> header{""};
  std::vector<std::string> sizes{"tasks"};
  std::vector<std::string> counts{"runs completed"};
  std::string failed;
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    const std::span<const RunResult> runs = runs_of(experiment, results, i);
    columns.insert(columns.end(), {Align::right, Align::left});
    header.insert(header.end(), {runs.front().system, ""});
    sizes.insert(sizes.end(), {format_count(static_cast<double>(runs.front().tasks)), ""});
    counts.insert(counts.end(), {fmt::format("{} of {}", completed(runs), runs.size()), ""});
    failed += failures(runs);
  }
  Table table(columns);
  table.add_row(std::move(header));
  table.add_row(std::move(counts));
  table.add_row(std::move(sizes));
  add_comparison_rows(experiment, results, table);
  std::string text = headline(experiment) + "\n" + table.to_text();
  if (experiment.systems.size() > 1) text += "\n" + ratio_table(experiment, results);
  return failed.empty() ? text : text + "\n" + failed;
}

}  // namespace wukong::bench

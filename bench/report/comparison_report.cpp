#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "bench/experiment/experiment.h"
#include "bench/report/comparison.h"
#include "bench/report/report.h"
#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::report {
namespace {

using Align = text::Table::Align;

// Metrics that stand together, under a title.
struct Section {
  std::string title;
  std::vector<size_t> metrics;  // of the comparison
};

// Operations that nobody did are many, and say nothing; neither do quantities of special systems.
bool worth_showing(const SystemComparison& comparison, size_t metric) {
  const result::Metric& one = *comparison.metrics[metric];
  if (one.group != result::MetricGroup::operations && !one.field.empty()) return true;
  return std::any_of(
      comparison.systems.begin(), comparison.systems.end(),
      [&](const ComparedSystem& system) { return system.values[metric].summary.max > 0; });
}

std::vector<Section> sections_of(const SystemComparison& comparison,
                                 const ComparisonOptions& options) {
  std::vector<Section> sections;
  for (size_t i = 0; i < comparison.metrics.size(); ++i) {
    if (options.metrics.empty() && !worth_showing(comparison, i)) continue;
    const bool grouped = options.all && options.metrics.empty();
    const std::string title(grouped ? result::title_of(comparison.metrics[i]->group) : "");
    if (sections.empty() || sections.back().title != title) sections.push_back({title, {}});
    sections.back().metrics.push_back(i);
  }
  return sections;
}

// A metric that was asked for by name is shown by name.
std::string label_of(const result::Metric& metric, const ComparisonOptions& options) {
  if (!options.metrics.empty()) return std::string(metric.name);
  return std::string(options.all ? metric.label : metric.headline);
}

// Mean, spread, ratio.
std::vector<std::string> cells_of(const result::Metric& metric, const ComparedValue& value) {
  if (value.summary.count == 0) return {"-", "", ""};
  return {result::format_metric(metric, value.summary.mean),
          result::spread_text(metric, value.summary),
          value.ratio ? text::format_ratio(*value.ratio) : ""};
}
constexpr size_t kCells = 3;

void append(std::vector<std::string>& row, std::vector<std::string> cells) {
  row.insert(row.end(), std::make_move_iterator(cells.begin()),
             std::make_move_iterator(cells.end()));
}

std::vector<Align> aligned(size_t groups) {
  std::vector<Align> columns{Align::left};
  for (size_t i = 0; i < groups; ++i)
    columns.insert(columns.end(), {Align::right, Align::left, Align::right});
  return columns;
}

void begin_groups(size_t groups, text::Table& table) {
  for (size_t i = 0; i < groups; ++i) table.begin_group(1 + i * kCells);
}

text::Table systems_as_columns(const SystemComparison& comparison,
                               const std::vector<Section>& sections,
                               const ComparisonOptions& options) {
  text::Table table(aligned(comparison.systems.size()));
  begin_groups(comparison.systems.size(), table);
  std::vector<std::string> header{""};
  for (const ComparedSystem& system : comparison.systems) append(header, {system.label, "", ""});
  table.add_row(std::move(header));
  for (const Section& section : sections) {
    if (!section.title.empty()) table.add_heading(section.title);
    for (const size_t metric : section.metrics) {
      const result::Metric& one = *comparison.metrics[metric];
      std::vector<std::string> row{(section.title.empty() ? "" : "  ") + label_of(one, options)};
      for (const ComparedSystem& system : comparison.systems)
        append(row, cells_of(one, system.values[metric]));
      table.add_row(std::move(row));
    }
  }
  return table;
}

text::Table systems_as_rows(const SystemComparison& comparison, const Section& section,
                            const ComparisonOptions& options) {
  text::Table table(aligned(section.metrics.size()));
  begin_groups(section.metrics.size(), table);
  std::vector<std::string> header{""};
  for (const size_t metric : section.metrics)
    append(header, {label_of(*comparison.metrics[metric], options), "", ""});
  table.add_row(std::move(header));
  for (const ComparedSystem& system : comparison.systems) {
    std::vector<std::string> row{system.label};
    for (const size_t metric : section.metrics)
      append(row, cells_of(*comparison.metrics[metric], system.values[metric]));
    table.add_row(std::move(row));
  }
  return table;
}

std::string tables(const SystemComparison& comparison, const ComparisonOptions& options) {
  const std::vector<Section> sections = sections_of(comparison, options);
  const text::Table columns = systems_as_columns(comparison, sections, options);
  if (columns.fits(options.width)) return columns.to_text();
  std::string text;
  for (const Section& section : sections) {
    if (!text.empty()) text += "\n";
    if (!section.title.empty()) text += section.title + "\n";
    const text::Table one = systems_as_columns(comparison, {{"", section.metrics}}, options);
    text += one.fits(options.width)
                ? one.to_text()
                : systems_as_rows(comparison, section, options).to_text({.width = options.width});
  }
  return text;
}

std::string ratios_in_words(const experiment::Experiment& experiment,
                            const ComparisonOptions& options) {
  if (experiment.systems.size() < 2) return "";
  if (options.ratio_to == "best") return "; ratios to the best of each";
  return "; ratios to " +
         (options.ratio_to == "first" ? experiment.systems.front().label : options.ratio_to);
}

}  // namespace

std::string report_comparison(const experiment::Experiment& experiment,
                              std::span<const run::RunResult> results,
                              const ComparisonOptions& options) {
  const SystemComparison comparison = compare_systems(experiment, results, options);
  std::string text = text::wrapped_text(
      headline_text(experiment) + ratios_in_words(experiment, options), options.width);
  text += "\n" + tables(comparison, options);
  std::string failed;
  for (size_t i = 0; i < experiment.systems.size(); ++i)
    failed += failures_text(runs_of(experiment, results, i), options.width);
  if (!failed.empty()) text += "\n" + failed;
  return text;
}

}  // namespace wukong::report

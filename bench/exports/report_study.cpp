#include "bench/exports/report_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::exports {
namespace {

using Align = text::Table::Align;

constexpr size_t kMostFailures = 8;

std::string interval_text(const result::Metric& metric,
                          const std::optional<results::Interval>& interval) {
  if (!interval) return "";
  if (interval->low == interval->high) return "exact";
  return fmt::format("[{} .. {}]", result::format_metric(metric, interval->low),
                     result::format_metric(metric, interval->high));
}

std::string ratio_text(const results::Comparison& comparison) {
  return comparison.ratio ? text::format_ratio(*comparison.ratio) : "-";
}

std::string ratio_interval_text(const results::Comparison& comparison) {
  const std::optional<results::Interval>& interval = comparison.ratio_interval;
  if (!interval || interval->low == interval->high) return "";
  return fmt::format("[{} .. {}]", text::format_ratio(interval->low),
                     text::format_ratio(interval->high));
}

std::string short_key(const std::string& key) { return key.substr(key.rfind('.') + 1); }

// The last part of an axis's key, unless two axes end in the same.
std::vector<std::string> axis_headers(const results::Study& study) {
  std::map<std::string, int> times;
  for (const std::string& axis : study.axes) ++times[short_key(axis)];
  std::vector<std::string> headers;
  for (const std::string& axis : study.axes)
    headers.push_back(times[short_key(axis)] > 1 ? axis : short_key(axis));
  return headers;
}

std::vector<std::string> header(const results::Study& study, const std::string& interval) {
  std::vector<std::string> row = axis_headers(study);
  row.insert(row.end(), {"system", "runs", "mean", interval, "std dev", "median", "5 % .. 95 %"});
  if (study.systems.size() > 1)
    row.insert(row.end(), {"ratio to " + study.systems.front(), interval});
  return row;
}

std::vector<std::string> cells_of(const results::Study& study, const results::StudyPoint& point,
                                  size_t system, size_t metric_index, double confidence) {
  const result::Metric& metric = study.metrics[metric_index];
  const results::Sample sample = results::sample_of(point, system, metric_index, confidence);
  const size_t runs = point.runs[system].size();
  std::vector<std::string> cells{
      study.systems[system],
      sample.count == runs ? std::to_string(runs) : fmt::format("{} of {}", sample.count, runs)};
  if (sample.count == 0) {
    cells.insert(cells.end(), {"-", "", "", "", ""});
    return cells;
  }
  cells.push_back(result::format_metric(metric, sample.mean));
  cells.push_back(interval_text(metric, sample.interval));
  const bool spread = sample.count > 1 && sample.least != sample.most;
  cells.push_back(spread ? result::format_metric(metric, sample.deviation) : "");
  cells.push_back(spread ? result::format_metric(metric, sample.median) : "");
  cells.push_back(spread
                      ? fmt::format("{} .. {}", result::format_metric(metric, sample.quantile_05),
                                    result::format_metric(metric, sample.quantile_95))
                      : "");
  if (system == 0) return cells;
  const results::Comparison comparison =
      results::comparison_of(point, system, metric_index, confidence);
  cells.push_back(ratio_text(comparison));
  cells.push_back(ratio_interval_text(comparison));
  return cells;
}

std::string study_failures(const results::Study& study, size_t width) {
  std::map<std::string, int64_t> reasons;  // first line, to how often
  for (const results::StudyPoint& point : study.points)
    for (size_t system = 0; system < study.systems.size(); ++system)
      for (const results::StudyRun& run : point.runs[system])
        if (!run.completed())
          ++reasons[study.systems[system] + ": " + run.failure.substr(0, run.failure.find('\n'))];
  std::string text;
  size_t shown = 0;
  for (const auto& [reason, times] : reasons) {
    if (++shown > kMostFailures) break;
    text += (text.empty() ? "\n" : "") +
            text::wrapped_text(
                fmt::format("{} failed: {}", times == 1 ? "1 run" : fmt::format("{} runs", times),
                            reason),
                width);
  }
  if (reasons.size() > kMostFailures)
    text += fmt::format("... and {} more reasons\n", reasons.size() - kMostFailures);
  return text;
}

// The axes' columns, and that of the systems.
size_t key_width(const results::Study& study) {
  const std::vector<std::string> headers = axis_headers(study);
  size_t width = 0;
  for (size_t axis = 0; axis < headers.size(); ++axis) {
    size_t widest = text::display_width(headers[axis]);
    for (const results::StudyPoint& point : study.points)
      widest = std::max(widest, text::display_width(point.coordinates[axis]));
    width += widest + 2;
  }
  size_t widest = 0;
  for (const std::string& system : study.systems)
    widest = std::max(widest, text::display_width(system));
  return width + widest;
}

std::string coordinates_text(const results::Study& study, const results::StudyPoint& point) {
  const std::vector<std::string> headers = axis_headers(study);
  std::string text;
  for (size_t axis = 0; axis < headers.size(); ++axis)
    text += fmt::format("{}{} {}", axis == 0 ? "" : ", ", headers[axis], point.coordinates[axis]);
  return text;
}

// Mean and interval, then deviation, median and quantiles, then the ratio: each of them in one
// part.
text::Table study_table(size_t axes) {
  std::vector<Align> columns(axes + 9, Align::right);
  columns[axes] = Align::left;
  for (const size_t column : {axes + 3, axes + 6, axes + 8}) columns[column] = Align::left;
  text::Table table(columns);
  for (const size_t column : {axes + 1, axes + 2, axes + 4, axes + 7}) table.begin_group(column);
  return table;
}

}  // namespace

std::string report_study(const results::Study& study, size_t metric, double confidence,
                         size_t width) {
  const bool as_headings = key_width(study) > width / 2;
  const size_t axes = as_headings ? 0 : study.axes.size();
  text::Table table = study_table(axes);
  std::vector<std::string> names = header(study, fmt::format("{:g} % interval", confidence * 100));
  if (as_headings)
    names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(study.axes.size()));
  table.add_row(std::move(names));
  for (const results::StudyPoint& point : study.points) {
    if (as_headings && !study.axes.empty()) table.add_heading(coordinates_text(study, point));
    bool first = true;
    for (size_t system = 0; system < study.systems.size(); ++system) {
      if (point.runs[system].empty()) continue;
      std::vector<std::string> row(axes, "");
      if (first && !as_headings) row = point.coordinates;
      const std::vector<std::string> cells = cells_of(study, point, system, metric, confidence);
      row.insert(row.end(), cells.begin(), cells.end());
      table.add_row(std::move(row));
      first = false;
    }
  }
  return text::wrapped_text(
             fmt::format("{}, {} of {} points, wukong {}\n", study.metrics[metric].name,
                         study.points.size(), study.point_count, study.program),
             width) +
         table.to_text({.width = width, .keys = axes + 1}) + study_failures(study, width);
}

}  // namespace wukong::exports

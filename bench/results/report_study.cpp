#include "bench/results/report_study.h"

#include <fmt/format.h>

#include <map>

#include "bench/text/format.h"
#include "bench/text/table.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

constexpr size_t kMostFailures = 8;

std::string interval_text(const Metric& metric, const std::optional<Interval>& interval) {
  if (!interval) return "";
  if (interval->low == interval->high) return "exact";
  return fmt::format("[{} .. {}]", format_metric(metric, interval->low),
                     format_metric(metric, interval->high));
}

std::string ratio_text(const Comparison& comparison) {
  return comparison.ratio ? format_ratio(*comparison.ratio) : "-";
}

std::string ratio_interval_text(const Comparison& comparison) {
  const std::optional<Interval>& interval = comparison.ratio_interval;
  if (!interval || interval->low == interval->high) return "";
  return fmt::format("[{} .. {}]", format_ratio(interval->low), format_ratio(interval->high));
}

std::string short_key(const std::string& key) { return key.substr(key.rfind('.') + 1); }

// The last part of an axis's key, unless two axes end in the same.
std::vector<std::string> axis_headers(const Study& study) {
  std::map<std::string, int> times;
  for (const std::string& axis : study.axes) ++times[short_key(axis)];
  std::vector<std::string> headers;
  for (const std::string& axis : study.axes)
    headers.push_back(times[short_key(axis)] > 1 ? axis : short_key(axis));
  return headers;
}

std::vector<std::string> header(const Study& study, const std::string& interval) {
  std::vector<std::string> row = axis_headers(study);
  row.insert(row.end(), {"system", "runs", "mean", interval, "std dev", "median", "5 % .. 95 %"});
  if (study.systems.size() > 1)
    row.insert(row.end(), {"ratio to " + study.systems.front(), interval});
  return row;
}

std::vector<std::string> cells_of(const Study& study, const StudyPoint& point, size_t system,
                                  size_t metric_index, double confidence) {
  const Metric& metric = study.metrics[metric_index];
  const Sample sample = sample_of(point, system, metric_index, confidence);
  const size_t runs = point.runs[system].size();
  std::vector<std::string> cells{
      study.systems[system],
      sample.count == runs ? std::to_string(runs) : fmt::format("{} of {}", sample.count, runs)};
  if (sample.count == 0) {
    cells.insert(cells.end(), {"-", "", "", "", ""});
    return cells;
  }
  cells.push_back(format_metric(metric, sample.mean));
  cells.push_back(interval_text(metric, sample.interval));
  const bool spread = sample.count > 1 && sample.least != sample.most;
  cells.push_back(spread ? format_metric(metric, sample.deviation) : "");
  cells.push_back(spread ? format_metric(metric, sample.median) : "");
  cells.push_back(spread ? fmt::format("{} .. {}", format_metric(metric, sample.quantile_05),
                                       format_metric(metric, sample.quantile_95))
                         : "");
  if (system == 0) return cells;
  const Comparison comparison = comparison_of(point, system, metric_index, confidence);
  cells.push_back(ratio_text(comparison));
  cells.push_back(ratio_interval_text(comparison));
  return cells;
}

std::string failures_text(const Study& study) {
  std::map<std::string, int64_t> reasons;  // first line, to how often
  for (const StudyPoint& point : study.points)
    for (size_t system = 0; system < study.systems.size(); ++system)
      for (const StudyRun& run : point.runs[system])
        if (!run.completed())
          ++reasons[study.systems[system] + ": " + run.failure.substr(0, run.failure.find('\n'))];
  std::string text;
  size_t shown = 0;
  for (const auto& [reason, times] : reasons) {
    if (++shown > kMostFailures) break;
    text += fmt::format("{}{} failed: {}\n", text.empty() ? "\n" : "",
                        times == 1 ? "1 run" : fmt::format("{} runs", times), reason);
  }
  if (reasons.size() > kMostFailures)
    text += fmt::format("... and {} more reasons\n", reasons.size() - kMostFailures);
  return text;
}

}  // namespace

std::string report_study(const Study& study, size_t metric, double confidence) {
  const size_t axes = study.axes.size();
  std::vector<Align> columns(axes + 9, Align::right);
  columns[axes] = Align::left;
  for (const size_t column : {axes + 3, axes + 6, axes + 8}) columns[column] = Align::left;
  Table table(columns);
  table.add_row(header(study, fmt::format("{:g} % interval", confidence * 100)));
  for (const StudyPoint& point : study.points) {
    bool first = true;
    for (size_t system = 0; system < study.systems.size(); ++system) {
      if (point.runs[system].empty()) continue;
      std::vector<std::string> row = first ? point.coordinates : std::vector<std::string>(axes, "");
      const std::vector<std::string> cells = cells_of(study, point, system, metric, confidence);
      row.insert(row.end(), cells.begin(), cells.end());
      table.add_row(std::move(row));
      first = false;
    }
  }
  std::string text = fmt::format("{}, {} of {} points, wukong {}\n\n", study.metrics[metric].name,
                                 study.points.size(), study.point_count, study.program);
  return text + table.to_text() + failures_text(study);
}

}  // namespace wukong::bench

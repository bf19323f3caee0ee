#include <fmt/format.h>

#include "bench/exports/export.h"

namespace wukong::exports {
namespace {

using Row = std::vector<std::string>;

std::string exact(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

std::string rounded(double value) { return fmt::format("{:.12g}", value); }

// Of a mean that has no interval the columns are empty.
void append_interval(Row& row, const std::optional<results::Interval>& interval) {
  row.push_back(interval ? rounded(interval->low) : "");
  row.push_back(interval ? rounded(interval->high) : "");
}

Row start_row(const results::StudyPoint& point) {
  Row row{std::to_string(point.number)};
  row.insert(row.end(), point.coordinates.begin(), point.coordinates.end());
  return row;
}

Row header(const results::Study& study, std::initializer_list<const char*> columns) {
  Row row{"point"};
  const std::vector<std::string> axes = results::column_names(study);
  row.insert(row.end(), axes.begin(), axes.end());
  row.insert(row.end(), columns.begin(), columns.end());
  return row;
}

std::vector<Row> rows_of_runs(const results::Study& study, const ExportOptions& options) {
  std::vector<Row> rows{
      header(study, {"system", "replicate", "seed", "status", "failure", "trace_hash"})};
  for (const size_t metric : options.metrics) rows[0].emplace_back(study.metrics[metric].name);
  for (const results::StudyPoint& point : study.points)
    for (size_t system = 0; system < study.systems.size(); ++system)
      for (const results::StudyRun& run : point.runs[system]) {
        Row row = start_row(point);
        row.insert(row.end(), {study.systems[system], std::to_string(run.replicate),
                               std::to_string(run.seed), run.status, run.failure, run.trace_hash});
        for (const size_t metric : options.metrics) row.push_back(exact(run.values[metric]));
        rows.push_back(std::move(row));
      }
  return rows;
}

std::vector<Row> rows_of_statistics(const results::Study& study, const ExportOptions& options) {
  std::vector<Row> rows{header(
      study, {"system", "metric", "runs", "completed", "mean", "interval_low", "interval_high",
              "standard_deviation", "min", "quantile_05", "median", "quantile_95", "max"})};
  for (const results::StudyPoint& point : study.points)
    for (size_t system = 0; system < study.systems.size(); ++system)
      for (const size_t metric : options.metrics) {
        if (point.runs[system].empty()) continue;
        const results::Sample sample =
            results::sample_of(point, system, metric, options.confidence);
        Row row = start_row(point);
        row.insert(row.end(),
                   {study.systems[system], std::string(study.metrics[metric].name),
                    std::to_string(point.runs[system].size()), std::to_string(sample.count)});
        if (sample.count > 0) {
          row.push_back(rounded(sample.mean));
          append_interval(row, sample.interval);
          row.push_back(sample.interval ? rounded(sample.deviation) : "");
          for (const double value :
               {sample.least, sample.quantile_05, sample.median, sample.quantile_95, sample.most})
            row.push_back(rounded(value));
        }
        row.resize(rows[0].size());
        rows.push_back(std::move(row));
      }
  return rows;
}

std::vector<Row> rows_of_comparisons(const results::Study& study, const ExportOptions& options) {
  std::vector<Row> rows{
      header(study, {"system", "base", "metric", "pairs", "difference", "difference_low",
                     "difference_high", "ratio", "ratio_low", "ratio_high"})};
  for (const results::StudyPoint& point : study.points)
    for (size_t system = 1; system < study.systems.size(); ++system)
      for (const size_t metric : options.metrics) {
        if (point.runs[system].empty()) continue;
        const results::Comparison pairs =
            results::comparison_of(point, system, metric, options.confidence);
        Row row = start_row(point);
        row.insert(row.end(), {study.systems[system], study.systems[0],
                               std::string(study.metrics[metric].name), std::to_string(pairs.pairs),
                               pairs.pairs == 0 ? "" : rounded(pairs.difference)});
        append_interval(row, pairs.difference_interval);
        row.push_back(pairs.ratio ? rounded(*pairs.ratio) : "");
        append_interval(row, pairs.ratio_interval);
        rows.push_back(std::move(row));
      }
  return rows;
}

}  // namespace

std::vector<Row> export_rows(const results::Study& study, const ExportOptions& options) {
  switch (options.of) {
    case ExportOf::runs:
      return rows_of_runs(study, options);
    case ExportOf::statistics:
      return rows_of_statistics(study, options);
    case ExportOf::comparisons:
      return rows_of_comparisons(study, options);
  }
  return {};
}

}  // namespace wukong::exports

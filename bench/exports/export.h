// A study as a document for other programs. The same results give the same bytes: points in the
// order of the grid, no times of day, no order of computation.
#pragma once

#include <string>

#include "bench/results/study.h"

namespace wukong::exports {

// What a document has one line of.
enum class ExportOf { runs, statistics, comparisons };

struct ExportOptions {
  ExportOf of = ExportOf::runs;
  std::vector<size_t> metrics;  // indices of Study::metrics
  double confidence = 0.95;
};

// Runs: point, axes, system, replicate, seed, status, failure, trace hash, metrics.
// Statistics: one line for each point, system and metric. Comparisons: with the first system.
std::string export_csv(const results::Study& study, const ExportOptions& options);
// With a comma in numbers and semicolons between fields.
std::string export_csv_comma(const results::Study& study, const ExportOptions& options);
// All three, schema "wukong.study/1".
std::string export_json(const results::Study& study, const ExportOptions& options);
std::string export_markdown(const results::Study& study, const ExportOptions& options);

// The rows of a document as texts, the first being the names of the columns. A number is written
// shortest, and its statistics with 12 digits, so that the last bit of a quantile does not show.
std::vector<std::vector<std::string>> export_rows(const results::Study& study,
                                                  const ExportOptions& options);

}  // namespace wukong::exports

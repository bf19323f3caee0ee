// Systems of an experiment side by side: each metric's mean and spread over the replicates, and its
// ratio to that of one system. As text for a terminal, or as a document for programs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/result/metric.h"
#include "bench/result/summary.h"
#include "bench/text/output_width.h"

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::report {

// A metric of a system.
struct ComparedValue {
  result::Summary summary;      // of the runs that completed
  std::optional<double> ratio;  // of the means; nothing if one is missing, or the other is zero
};

struct ComparedSystem {
  std::string label;
  size_t runs = 0;
  size_t completed = 0;
  std::string failure;                // of the first run that failed
  std::vector<ComparedValue> values;  // by metric
};

struct SystemComparison {
  std::vector<const result::Metric*> metrics;
  std::vector<ComparedSystem> systems;
};

struct ComparisonOptions {
  bool all = false;                  // every metric; else the headlines
  std::vector<std::string> metrics;  // these ones instead
  std::string ratio_to = "first";    // first, best, or a system's label
  size_t width = text::kUsualWidth;
};

// Throws Error if there is no such metric, or no such system.
SystemComparison compare_systems(const experiment::Experiment& experiment,
                                 std::span<const run::RunResult> results,
                                 const ComparisonOptions& options);

// What is wrong in the options, before anything is run. Throws Error.
void check_comparison(const experiment::Experiment& experiment, const ComparisonOptions& options);

// Tables that fit: one if it can be, else one for each group of metrics; systems are columns where
// they have room, else rows.
std::string report_comparison(const experiment::Experiment& experiment,
                              std::span<const run::RunResult> results,
                              const ComparisonOptions& options = {});

// A line for each system and metric.
std::string comparison_csv(const SystemComparison& comparison);
std::string comparison_markdown(const SystemComparison& comparison);
// Schema "wukong.comparison/1".
std::string comparison_json(const SystemComparison& comparison);

}  // namespace wukong::report

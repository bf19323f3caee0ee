// A sweep's results in memory, read from a results file: cells in the order of the grid, whatever
// the order was in which they were computed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/result/metric.h"
#include "bench/results/result_store.h"
#include "bench/results/statistics.h"

namespace wukong::results {

struct StudyRun {
  int64_t replicate = 0;
  int64_t seed = 0;
  std::string status;
  std::string failure;
  std::string trace_hash;
  std::vector<std::optional<double>> values;  // by metric; a failed run lacks its makespan
  bool completed() const { return status == "completed"; }
};

struct StudyPoint {
  int64_t number = 0;
  std::vector<std::string> coordinates;     // by axis, as in the sweep's file
  std::vector<std::vector<StudyRun>> runs;  // by system, then in the order of replicates
};

struct Study {
  int64_t sweep = 0;
  std::string program;
  std::vector<std::string> axes;     // dotted keys
  std::vector<std::string> systems;  // labels
  int64_t point_count = 0;           // of the whole sweep; `points` are those with results
  std::span<const result::Metric> metrics;
  std::vector<StudyPoint> points;

  // "tsqr.rows=1048576, memory_mb=512"; for a sweep without axes "all".
  std::string point_text(const StudyPoint& point) const;
  size_t run_count() const;
};

// What a table calls the axes: the last part of the key, or the whole key where that is the name of
// another axis or another column.
std::vector<std::string> column_names(const Study& study);

// A study without its points.
Study load_header(ResultStore& store, std::optional<int64_t> sweep);

// Number `sweep`, or the last one that was added to the file. Throws Error if there is none.
Study load_study(ResultStore& store, std::optional<int64_t> sweep);

// Over the completed runs of one system at one point.
Sample sample_of(const StudyPoint& point, size_t system, size_t metric, double confidence);
// Of a system with the first one, over the seeds that both completed.
Comparison comparison_of(const StudyPoint& point, size_t system, size_t metric, double confidence);

}  // namespace wukong::results

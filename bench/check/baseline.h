// What a suite gave when it was known to be right: each run's metrics, in a JSON file that is kept
// under version control. Schema "wukong.baseline/1": one line a run, so that a diff can be read.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/results/study.h"

namespace wukong::check {

struct BaselineRun {
  std::string point;  // "rows=1024, memory_mb=512"
  std::string system;
  int64_t seed = 0;
  std::string status;
  std::map<std::string, double> metrics;

  // "wukong at rows=1024, seed 3"
  std::string name() const;
};

// Of a study's runs, in the order of the grid: the metrics that baselines hold, and those that are
// named. Metrics that are 0 in a run are left out.
std::vector<BaselineRun> baseline_of(const results::Study& study,
                                     std::span<const std::string> named = {});

struct Baseline {
  std::vector<BaselineRun> runs;
  // What the suite read beside itself, with a digest of each (input_files() in sweep_plan.h).
  std::map<std::string, std::string> files = {};
};

std::string baseline_text(const Baseline& baseline);
// Throws Error that names the file and what is wrong in it.
Baseline read_baseline(const std::string& path);
// `path` is the text's name in messages.
Baseline parse_baseline(const std::string& text, const std::string& path);

}  // namespace wukong::check

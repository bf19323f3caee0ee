// A suite's runs beside their baseline: what has changed, what is new, what is gone.
#pragma once

#include <string>
#include <vector>

#include "bench/check/baseline.h"
#include "bench/check/suite.h"
#include "bench/text/output_width.h"

namespace wukong::check {

// One metric of one run that moved farther than it may; or its status.
struct Change {
  std::string metric;  // "status": `before` and `after` say it
  std::string before;
  std::string after;
  std::string percent;  // "+12.5 %"; "" where there is none
};

struct CheckedRun {
  BaselineRun run;
  bool in_baseline = true;
  std::vector<Change> changes;
};

struct CheckResult {
  std::vector<CheckedRun> runs;
  std::vector<std::string> gone;  // names of runs that only the baseline has
  // Files that both read, and that hold something else now: that explains changes.
  std::vector<std::string> other_files;

  size_t changed() const;
  size_t missing() const;  // in the baseline
};

CheckResult compare_with_baseline(const Baseline& now, const Baseline& before, const Suite& suite);

// For people.
std::string report_check(const CheckResult& result, size_t width = text::kUsualWidth);
// For CI systems: a test case for each run.
std::string junit_xml(const CheckResult& result, const std::string& suite);

}  // namespace wukong::check

// A run with its trace file, read back and checked: what every trace must satisfy holds, or `make`
// throws with what does not.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench/run/run_result.h"
#include "bench/simulation/run.h"

namespace wukong::test {

struct TracedSpan {
  std::string category;
  std::string name;
  int64_t process = 0;
  int64_t row = 0;
  double begin_us = 0;
  double end_us = 0;
  std::map<std::string, int64_t> notes;
};

struct TracedRun {
  run::RunResult result;
  std::string text;                          // the whole file
  std::vector<TracedSpan> spans;             // in the order of their ends
  std::map<int64_t, std::string> row_names;  // by row
  std::vector<int64_t> arrows_from;          // invocations
  std::vector<int64_t> arrows_to;
  std::map<std::string, std::vector<double>> counters;       // by name and line: "shard 0: in, %"
  std::map<std::string, std::vector<double>> counter_times;  // of these, in us
  std::vector<std::string> marks;

  std::vector<TracedSpan> of(const std::string& category) const;
};

// `system` as in an experiment file, on the program's presets.
TracedRun trace_run(const dag::Dag& dag, const std::string& system,
                    const std::string& platform = "aws-2020",
                    Duration horizon = run::kDefaultHorizon);

}  // namespace wukong::test

// A finished run as it is kept: texts and numbers only, so that it can go to a file or to another
// machine as it is. No times of day: the same run gives the same record.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wukong::results {

// Where a run stands in a sweep. Counted from 0.
struct Cell {
  int64_t point = 0;
  int64_t system = 0;
  int64_t replicate = 0;
  auto operator<=>(const Cell&) const = default;
};

// One part of the effective parameters: the platform's, the workload's or a system's.
struct ParameterSection {
  std::string hash;
  std::string document;  // a JSON object from dotted path to value
};

struct RunRecord {
  // Says what was computed: parameters, seed and the program's sources. Two runs with the same key
  // are the same run.
  std::string key;
  std::string program;
  // Platform, workload, system; empty if the parameters themselves were refused.
  std::vector<std::shared_ptr<const ParameterSection>> sections;
  int64_t seed = 0;
  std::string status;   // completed, failed, deadlocked
  std::string failure;  // why it did not complete
  std::string trace_hash;
  std::string metrics;  // a JSON object from name to number; of a failed run only what is known
  double watched = 0;   // the metric that decides how many replicates there are, if one does
  // What is odd about its workload: said while the sweep runs, not kept.
  std::vector<std::string> warnings = {};
  bool completed() const { return status == "completed"; }
};

}  // namespace wukong::results

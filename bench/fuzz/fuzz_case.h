// One run of the fuzzer: a small experiment with one system, and the faults that strike in it. It
// can be written as one line, which replays it, and taken apart, to make it smaller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/experiment/experiment.h"
#include "bench/fuzz/fuzz_report.h"
#include "bench/fuzz_options/fuzz_settings.h"
#include "bench/run/run_result.h"
#include "workloads/dag/dag.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::fuzz {

using fuzz_options::FuzzSettings;

class OptionCatalog;

struct FuzzTask {
  std::vector<size_t> predecessors;  // earlier tasks
  double bytes = 1000;
  double seconds = 0.1;
  double threads = 1;
};

struct FuzzCase {
  std::vector<FuzzTask> tasks;  // in an order in which they can run
  std::string workload;         // in place of the tasks: a workload in YAML's flow style
  bool recorded = false;        // the tasks' seconds are recorded run times; otherwise sleeps
  double input_bytes = 0;
  bool objects = true;
  std::string platform;  // a preset,
  FuzzSettings platform_settings;
  std::string system;  // and another
  FuzzSettings system_settings;
  FuzzSettings faults;    // probabilities and times
  std::string emulation;  // not empty: it is emulated, with these parameters in YAML's flow style
  std::vector<faults::FaultPoint> points;
  uint64_t seed = 1;
  int64_t horizon_s = 200'000;

  // In one line, as `wukong fuzz --case` takes it, and nearly as `wukong run` does.
  std::string to_text() const;
};

// Tasks that are named a, b, c, ... in a sketch.
std::string edges_of(const std::vector<FuzzTask>& tasks);
std::vector<FuzzTask> tasks_of(const std::string& edges);
// The same with its workload's DAG written down task by task, more or less: one object for each.
FuzzCase as_sketch(const FuzzCase& made);

// An experiment of one system, ready to be run with any faults.
struct PreparedCase {
  experiment::Experiment experiment;
  std::optional<dag::Dag> dag;  // absent: it contradicts itself, and cannot be run
  bool emulated = false;
};

// Throws Error if the text is no experiment at all.
PreparedCase prepare_case(const std::string& text);
PreparedCase prepare_case(const std::string& text, const experiment::Catalog& catalog);
// With its invariants checked. REQUIRES: it has a DAG.
run::RunResult run_case(const PreparedCase& prepared, const faults::FaultSpec& faults);
// The same, and what it tells of itself.
FuzzReport report_case(uint64_t index, const std::string& text);
// With the options that it sets. A case that cannot be read is one that is refused.
FuzzReport report_case(uint64_t index, const std::string& text, const OptionCatalog& options);
FuzzReport report_result(uint64_t index, const run::RunResult& result);

}  // namespace wukong::fuzz

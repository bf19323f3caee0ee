// Runs a sweep in this process, with threads: opens the results file, hands out what it lacks,
// shows progress, stops cleanly at Ctrl-C.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/sweep/sweep_plan.h"
#include "bench/sweep_runner/coordinator.h"
#include "bench/sweep_runner/progress_display.h"
#include "bench/sweep_runner/signal_watch.h"

namespace wukong::sweep_runner {

struct SweepOptions {
  std::string results;   // the file
  unsigned threads = 0;  // 0: one for each core
  Shard shard;
  ProgressDisplay::Style progress = ProgressDisplay::Style::none;
};

struct SweepOutcome {
  SweepProgress progress;
  std::optional<int> signal;               // that stopped it
  std::vector<std::string> warnings = {};  // what is odd about its workloads
  double seconds = 0;
  double writing_seconds = 0;
  bool reported_elsewhere = false;  // this process has only worked for another one
};

SweepOutcome run_sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                       const SweepOptions& options);

// Where a sweep comes from a results file and goes to it; the same for threads and for processes.
// `work` lets workers work until the coordinator is idle or told to stop.
using Work = std::function<std::optional<int>(Coordinator&, SignalWatch&, ProgressDisplay&)>;
SweepOutcome conduct_sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                           const SweepOptions& options, size_t workers, const Work& work);

}  // namespace wukong::sweep_runner

// Whether a workload can run at all, found before the run: a task that needs more memory or time
// than a function is given would fail every one of its tries.
#pragma once

#include "bench/experiment.h"

namespace wukong::bench {

// Throws Error that names the first such task, placed at the workload.
void check_feasible(const Experiment& experiment, const workloads::Dag& dag);

}  // namespace wukong::bench

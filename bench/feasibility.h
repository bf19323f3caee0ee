// Whether a workload can run at all, found before the run: a task that needs more memory or time
// than a function is given would fail every one of its tries.
#pragma once

#include "bench/experiment.h"
#include "workloads/limits.h"

namespace wukong::bench {

// What the platform gives a function that runs tasks.
workloads::FunctionLimits function_limits(const sim::PlatformSpec& platform);

// Throws Error that names the first task that does not fit, and the options with which all of them
// would, placed at the workload. A policy whose
// tasks do not run on functions can run any.
void check_feasible(const Experiment& experiment, const scheduler::Policy& policy,
                    const workloads::Dag& dag);

}  // namespace wukong::bench

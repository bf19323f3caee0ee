// Whether a workload can run at all, found before the run: a task that needs more memory or time
// than a function is given, or than the system itself allows, would fail every one of its tries.
#pragma once

#include "workloads/dag/limits.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::experiment {
struct Experiment;
struct SystemSetup;
}  // namespace wukong::experiment

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::experiment {

// What the platform gives a function that runs tasks.
dag::FunctionLimits function_limits(const platform::PlatformSpec& platform);

// Throws Error that names the first task that does not fit, what it needs and has, and the options
// with which all would fit: placed at the workload, or at the system if the limit is the system's
// own. Functions' limits are no matter for a policy whose tasks do not run on functions.
void check_feasible(const Experiment& experiment, const SystemSetup& system, const dag::Dag& dag);

}  // namespace wukong::experiment

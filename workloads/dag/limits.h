// Which tasks can never run on a function: those that need more memory than it has, or more time
// than it is given. Found before a run, so that the program can name them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/hosts/compute.h"
#include "workloads/dag/dag.h"

namespace wukong::dag {

struct FunctionLimits {
  Bytes memory;
  double vcpus = 1;
  Duration time_limit;
};

// A task that cannot run, and what it needs of that which is exceeded.
struct OversizedTask {
  TaskId task;
  std::optional<Bytes> memory;
  std::optional<Duration> time;
};

// In the order of the tasks' ids.
std::vector<OversizedTask> oversized_tasks(const Dag& dag, const FunctionLimits& limits,
                                           const hosts::ComputeSpec& compute);

// What a task's memory is made of, which no file says: "3000.0 MB of its own and 2337.2 MB of
// objects that it reads and writes; 1 MB is 1,048,576 bytes".
std::string describe_memory(const Dag& dag, TaskId task);

// One line, e.g. "task merge_7 needs 4100.0 MB of memory and has 3008.0 MB".
std::string describe(const Dag& dag, const OversizedTask& oversized, const FunctionLimits& limits);

}  // namespace wukong::dag

#include "workloads/dag/limits.h"

#include <cmath>

#include "workloads/dag/statistics.h"

namespace wukong::dag {
namespace {

// With one decimal, upwards: what exceeds a limit must not look equal to it.
std::string one_decimal_up(int64_t count, double unit) {
  const auto tenths = static_cast<int64_t>(std::ceil(static_cast<double>(count) / unit * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// Functions are configured in MB of 1,048,576 bytes.
std::string in_megabytes(Bytes memory) { return one_decimal_up(memory.count(), 1 << 20) + " MB"; }

std::string in_seconds(Duration time) { return one_decimal_up(time.count_ns(), 1e9) + " s"; }

}  // namespace

std::vector<OversizedTask> oversized_tasks(const Dag& dag, const FunctionLimits& limits,
                                           const hosts::ComputeSpec& compute) {
  const std::vector<Bytes> memory = task_memory(dag);
  const std::vector<Duration> times = task_times(dag, compute, limits.vcpus);
  std::vector<OversizedTask> oversized;
  for (const TaskId task : dag.tasks()) {
    OversizedTask found{.task = task, .memory = {}, .time = {}};
    if (memory[task.index()] > limits.memory) found.memory = memory[task.index()];
    if (times[task.index()] > limits.time_limit) found.time = times[task.index()];
    if (found.memory || found.time) oversized.push_back(found);
  }
  return oversized;
}

std::string describe_memory(const Dag& dag, TaskId task) {
  const Bytes own = dag.cost(task).memory;
  const Bytes all = task_memory(dag)[task.index()];
  return in_megabytes(own) + " of its own and " + in_megabytes(all - own) +
         " of objects that it reads and writes; 1 MB is 1,048,576 bytes";
}

std::string describe(const Dag& dag, const OversizedTask& oversized, const FunctionLimits& limits) {
  std::string text = "task " + dag.name(oversized.task) + " needs ";
  if (oversized.memory)
    text += in_megabytes(*oversized.memory) + " of memory and has " + in_megabytes(limits.memory);
  if (oversized.memory && oversized.time) text += "; it needs ";
  if (oversized.time)
    text += in_seconds(*oversized.time) + " of time and has " + in_seconds(limits.time_limit);
  return text;
}

}  // namespace wukong::dag

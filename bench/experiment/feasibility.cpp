#include "bench/experiment/feasibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/experiment/experiment.h"
#include "scheduler/policy/policy.h"

namespace wukong::experiment {
namespace {

using dag::FunctionLimits;
using dag::OversizedTask;

FunctionLimits limits_with(const functions::LambdaSpec& functions, int64_t memory_mb) {
  return {.memory = Bytes::mebi(memory_mb),
          .vcpus = functions.environment.vcpus(memory_mb),
          .time_limit = functions.time_limit};
}

// Rounded up. More memory has more vCPUs, too, so the time is that with the memory.
int64_t least_memory_mb(const std::vector<OversizedTask>& oversized, int64_t memory_mb) {
  constexpr int64_t kMebibyte = int64_t{1} << 20;
  for (const OversizedTask& task : oversized)
    if (task.memory) memory_mb = std::max(memory_mb, (task.memory->count() - 1) / kMebibyte + 1);
  return memory_mb;
}

int64_t least_time_s(const dag::Dag& dag, const FunctionLimits& limits,
                     const hosts::ComputeSpec& compute) {
  Duration longest;
  for (const OversizedTask& task : dag::oversized_tasks(dag, limits, compute))
    longest = std::max(longest, task.time.value_or(Duration::zero()));
  return static_cast<int64_t>(std::ceil(longest.to_seconds()));
}

// What would let all tasks fit, or why nothing does.
std::string remedy(const dag::Dag& dag, const std::vector<OversizedTask>& oversized,
                   const platform::PlatformSpec& platform) {
  const functions::LambdaSpec& functions = platform.functions;
  const int64_t memory_mb = least_memory_mb(oversized, functions.memory_mb);
  if (memory_mb > functions.environment.memory_mb_most)
    return fmt::format(
        "no function of this platform has {} MB (platform.functions.environment.memory_mb_most is "
        "{})",
        memory_mb, functions.environment.memory_mb_most);
  const int64_t time_s = least_time_s(dag, limits_with(functions, memory_mb), platform.compute);
  if (Duration::seconds(time_s) > functions.environment.time_limit_most)
    return fmt::format(
        "no function of this platform may run for {} s "
        "(platform.functions.environment.time_limit_most_s is {:g})",
        time_s, functions.environment.time_limit_most.to_seconds());
  std::string options;
  if (memory_mb > functions.memory_mb)
    options += fmt::format(" --set platform.functions.memory_mb={}", memory_mb);
  if (time_s > 0) options += fmt::format(" --set platform.functions.time_limit_s={}", time_s);
  return (oversized.size() == 1 ? "it fits with" : "they fit with") + options;
}

}  // namespace

dag::FunctionLimits function_limits(const platform::PlatformSpec& platform) {
  return limits_with(platform.functions, platform.functions.memory_mb);
}

namespace {

void check_functions(const Experiment& experiment, const dag::Dag& dag) {
  const dag::FunctionLimits limits = function_limits(experiment.platform);
  const std::vector<dag::OversizedTask> oversized =
      dag::oversized_tasks(dag, limits, experiment.platform.compute);
  if (oversized.empty()) return;
  std::string message = dag::describe(dag, oversized.front(), limits);
  if (oversized.front().memory)
    message += fmt::format(" ({})", dag::describe_memory(dag, oversized.front().task));
  if (oversized.size() > 1)
    message += fmt::format("; {} more task{} not fit either", oversized.size() - 1,
                           oversized.size() == 2 ? " does" : "s do");
  message += "; " + remedy(dag, oversized, experiment.platform);
  const WorkloadSetup& workload = experiment.workload;
  throw Error(workload.origin.place(parameters::join_path("workload", workload.name())), message);
}

// What its policy says of itself.
void check_system(const Experiment& experiment, const SystemSetup& system, const dag::Dag& dag) {
  if (system.policy->check_limits == nullptr) return;
  const auto limit = system.policy->check_limits(experiment.platform, dag, *system.options);
  if (!limit) return;
  const std::string key = parameters::join_path("systems", system.label);
  std::string message = limit->text;
  if (!limit->option.empty())
    message +=
        fmt::format("; {} would help: --set {}=...", limit->option, key + '.' + limit->option);
  throw Error(system.origin.place(key), message);
}

}  // namespace

void check_feasible(const Experiment& experiment, const SystemSetup& system, const dag::Dag& dag) {
  if (system.policy->task_hosts != scheduler::TaskHosts::machines) check_functions(experiment, dag);
  check_system(experiment, system, dag);
}

}  // namespace wukong::experiment

#include "bench/feasibility.h"

#include <fmt/format.h>

namespace wukong::bench {

workloads::FunctionLimits function_limits(const sim::PlatformSpec& platform) {
  const sim::LambdaSpec& functions = platform.functions;
  return {.memory = Bytes::mebi(functions.memory_mb),
          .vcpus = functions.environment.vcpus(functions.memory_mb),
          .time_limit = functions.time_limit};
}

void check_feasible(const Experiment& experiment, const scheduler::Policy& policy,
                    const workloads::Dag& dag) {
  if (policy.task_hosts == scheduler::TaskHosts::machines) return;
  const workloads::FunctionLimits limits = function_limits(experiment.platform);
  const std::vector<workloads::OversizedTask> oversized =
      workloads::oversized_tasks(dag, limits, experiment.platform.compute);
  if (oversized.empty()) return;
  std::string message = workloads::describe(dag, oversized.front(), limits);
  if (oversized.size() > 1)
    message += fmt::format("; {} more tasks do not fit either", oversized.size() - 1);
  const WorkloadSetup& workload = experiment.workload;
  throw Error(workload.origin.place(join_path("workload", workload.name())), message);
}

}  // namespace wukong::bench

#include "bench/feasibility.h"

#include <fmt/format.h>

namespace wukong::bench {

workloads::FunctionLimits function_limits(const sim::PlatformSpec& platform) {
  const sim::LambdaSpec& functions = platform.functions;
  return {
      .memory = Bytes::mebi(functions.memory_mb),
      .vcpus = static_cast<double>(functions.memory_mb) / functions.environment.memory_mb_per_vcpu,
      .time_limit = functions.time_limit};
}

namespace {

void check_functions(const Experiment& experiment, const workloads::Dag& dag) {
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

// What its policy says of itself.
void check_system(const Experiment& experiment, const SystemSetup& system,
                  const workloads::Dag& dag) {
  if (system.policy->check_limits == nullptr) return;
  const auto limit = system.policy->check_limits(experiment.platform, dag, *system.options);
  if (!limit) return;
  const std::string key = join_path("systems", system.label);
  std::string message = limit->text;
  if (!limit->option.empty())
    message +=
        fmt::format("; {} would help: --set {}=...", limit->option, key + '.' + limit->option);
  throw Error(system.origin.place(key), message);
}

}  // namespace

void check_feasible(const Experiment& experiment, const SystemSetup& system,
                    const workloads::Dag& dag) {
  if (system.policy->task_hosts != scheduler::TaskHosts::machines) check_functions(experiment, dag);
  check_system(experiment, system, dag);
}

}  // namespace wukong::bench

#include "bench/invariants/explained_time.h"

#include <numeric>

#include "bench/run/run_result.h"
#include "sim/faults/fault_spec.h"
#include "sim/hosts/compute.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/dag.h"

namespace wukong::invariants {

double slow_work(const dag::Dag& dag, const platform::PlatformSpec& platform) {
  // Bytes per second: an eighth of the slowest function's network in the presets (75 MiB/s, that of
  // aws-2024), since what is at the other end is shared.
  constexpr double kSlowNetwork = 10e6;
  constexpr double kOneVcpu = 1;
  double seconds = 0;
  for (const TaskId task : dag.tasks()) {
    seconds += hosts::execution_time(dag.cost(task), kOneVcpu, platform.compute).to_seconds();
    seconds += static_cast<double>(dag.cost(task).memory.count()) / kSlowNetwork;
  }
  for (const ObjectId object : dag.objects()) {
    const double uses = 1 + static_cast<double>(dag.consumers(object).size());
    seconds += uses * static_cast<double>(dag.size(object).actual.count()) / kSlowNetwork;
  }
  return seconds;
}

// A system may spend a minute on each task beside its work: PyWren's maps take seconds, a lease or
// a function that hangs a minute or more, and they do not all come one after another.
Duration explained_time(const dag::Dag& dag, const platform::PlatformSpec& platform) {
  constexpr double kForEachTask = 60;  // seconds
  const double tasks = 1 + static_cast<double>(dag.task_count());
  return Duration::from_seconds(kForEachTask * tasks + 10 * slow_work(dag, platform));
}

Duration time_of_mishaps(const platform::PlatformSpec& platform, const faults::FaultSpec& faults,
                         const run::RunResult& result) {
  const functions::LambdaSpec& functions = platform.functions;
  const std::vector<double>& waits = functions.async_events.retry_waits_s;
  const double retry =
      functions.time_limit.to_seconds() + std::accumulate(waits.begin(), waits.end(), 0.0);
  const double backoff = functions.async_events.backoff_most.to_seconds();
  const double fault = faults.longest_delay.to_seconds() + faults.outage.to_seconds() +
                       faults.crash_within.to_seconds();
  const auto struck = static_cast<double>(result.faults.size());
  return Duration::from_seconds(
      struck * (fault + retry) + static_cast<double>(result.failed_executions) * retry +
      static_cast<double>(result.throttles + result.usage.turned_away) * backoff);
}

}  // namespace wukong::invariants

#include "bench/invariants/expectations.h"

#include <algorithm>
#include <initializer_list>

#include "scheduler/numpywren/options.h"
#include "scheduler/wukong/options.h"

namespace wukong::bench {
namespace {

using sim::FaultKind;

bool struck(const RunResult& result, std::initializer_list<FaultKind> kinds) {
  return std::any_of(result.faults.begin(), result.faults.end(), [&](const auto& fault) {
    return std::find(kinds.begin(), kinds.end(), fault.point.kind) != kinds.end();
  });
}

// Something was done twice, or may have been.
bool repeated(const RunResult& result) {
  return result.retries > 0 ||
         struck(result, {FaultKind::duplicate_invocation, FaultKind::lost_metadata_reply,
                         FaultKind::duplicate_message});
}

bool lost_data(const RunResult& result) { return struck(result, {FaultKind::shard_loss}); }

// A request that a system does not make again.
bool request_failed(const RunResult& result) {
  return struck(result,
                {FaultKind::failed_storage, FaultKind::lost_storage_reply, FaultKind::shard_outage,
                 FaultKind::failed_metadata, FaultKind::lost_metadata_reply});
}

// So little work that one function could do all of it in a tenth of its time, though its network
// and its CPU be slow: no reason to run into the time limit.
bool easily_done(const workloads::Dag& dag, const sim::PlatformSpec& platform) {
  // Bytes per second: an eighth of the slowest function's network in the presets (75 MiB/s, that of
  // aws-2024), since what is at the other end is shared.
  constexpr double kSlowNetwork = 10e6;
  constexpr double kOneVcpu = 1;
  double seconds = 0;
  for (const TaskId task : dag.tasks()) {
    seconds += sim::execution_time(dag.cost(task), kOneVcpu, platform.compute).to_seconds();
    seconds += static_cast<double>(dag.cost(task).memory.count()) / kSlowNetwork;
  }
  for (const ObjectId object : dag.objects()) {
    const double uses = 1 + static_cast<double>(dag.consumers(object).size());
    seconds += uses * static_cast<double>(dag.size(object).actual.count()) / kSlowNetwork;
  }
  return 10 * (seconds + 5) < platform.functions.time_limit.to_seconds();
}

bool completes(const SystemSetup& system, const RunResult& result, bool in_order, bool is_easy) {
  // A worker that needs more memory than it has dies, and so may the run in the end.
  const bool worker_died = result.usage.worker_deaths > 0;
  if (result.faults.empty() && result.refused == 0 && !worker_died && is_easy) return true;
  // An invocation that was given up is work that nobody does.
  if (result.dropped > 0 || result.refused > 0 || lost_data(result)) return false;
  const std::string_view policy = system.policy->name;
  if (policy == "wukong") return in_order;
  if (policy == "dask") return !worker_died;
  if (policy == "pywren") return !request_failed(result);
  const auto* numpywren = dynamic_cast<const scheduler::NumpywrenOptions*>(system.options.get());
  if (numpywren == nullptr) return true;
  if (request_failed(result)) return false;
  // The other rules count workers that are up, and those that crashed are counted for ever.
  return numpywren->scaling == scheduler::ScalingPolicy::constant_timeout || result.retries == 0;
}

}  // namespace

namespace {

double widest_host(const SystemSetup& system, const sim::PlatformSpec& platform) {
  const sim::LambdaSpec& functions = platform.functions;
  switch (system.policy->task_hosts) {
    case scheduler::TaskHosts::functions:
      return functions.environment.vcpus(functions.memory_mb);
    case scheduler::TaskHosts::machines: {
      double widest = 0;
      for (const auto& [name, machine] : platform.machines)
        widest = std::max(widest, machine.vcpus);
      return widest;
    }
    case scheduler::TaskHosts::none:
      break;
  }
  return Expectations::kAnyHost;
}

}  // namespace

Expectations expectations(const SystemSetup& system, const workloads::Dag& dag,
                          const sim::PlatformSpec& platform, const RunResult& result) {
  Expectations expected;
  expected.once = result.faults.empty() && result.retries == 0 && result.usage.worker_deaths == 0;
  expected.tidy = result.faults.empty();
  expected.in_order = !lost_data(result);
  expected.widest_host = widest_host(system, platform);
  if (const auto* wukong = dynamic_cast<const scheduler::WukongOptions*>(system.options.get()))
    if (!wukong->bit_counters && repeated(result)) expected.in_order = false;
  expected.completes = completes(system, result, expected.in_order, easily_done(dag, platform));
  if (const auto* options = dynamic_cast<const scheduler::NumpywrenOptions*>(system.options.get()))
    if (result.faults.empty())
      expected.shortest_lease =
          std::max(Duration::zero(), options->renew_interval * (options->renewals - 1)) +
          options->renew_visibility;
  return expected;
}

}  // namespace wukong::bench

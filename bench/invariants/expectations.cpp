#include "bench/invariants/expectations.h"

#include <algorithm>
#include <cmath>

#include "bench/invariants/explained_time.h"
#include "bench/run/job.h"
#include "bench/run/run_result.h"
#include "scheduler/policy/policy.h"
#include "sim/base/check.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/dag.h"

namespace wukong::invariants {
namespace {

using faults::FaultKind;
using scheduler::Mishap;
using scheduler::Mishaps;

Mishaps mishaps_of_fault(FaultKind kind) {
  switch (kind) {
    case FaultKind::crash_before:
    case FaultKind::crash_during:
    case FaultKind::crash_after:
    case FaultKind::hang:
      return {Mishap::function_failed};
    case FaultKind::duplicate_invocation:
      return {Mishap::invocation_doubled};
    case FaultKind::failed_storage:
    case FaultKind::lost_storage_reply:
    case FaultKind::shard_outage:
    case FaultKind::failed_metadata:
      return {Mishap::request_failed};
    case FaultKind::lost_metadata_reply:
      return {Mishap::request_failed, Mishap::counter_reply_lost};
    case FaultKind::shard_loss:
      return {Mishap::data_lost};
    case FaultKind::duplicate_message:
      return {Mishap::message_doubled};
    case FaultKind::machine_death:
      return {Mishap::worker_died};
    case FaultKind::throttled_call:  // these delay
    case FaultKind::throttled_start:
    case FaultKind::lost_invocation:
    case FaultKind::slow_storage:
    case FaultKind::slow_metadata:
    case FaultKind::late_message:
    case FaultKind::reordered_message:
      return {};
  }
  ENSURE(false && "a kind of fault", static_cast<int>(kind));
  return {};
}

// What one request may spend on waiting for its next try, if S3 turned any away. In seconds.
double longest_back_off(const run::RunResult& result, const platform::PlatformSpec& platform) {
  if (result.usage.turned_away == 0) return 0;
  return platform.s3.retry_base.to_seconds() *
         std::exp2(static_cast<double>(platform.s3.retry_attempts));
}

// So little work that one function could do all of it in a tenth of its time: no reason to run into
// the time limit.
bool easily_done(const run::RunResult& result, const dag::Dag& dag,
                 const platform::PlatformSpec& platform, const scheduler::Promises& promises) {
  const Duration limit =
      std::min(platform.functions.time_limit,
               promises.least_time_limit.value_or(platform.functions.time_limit));
  const double work = slow_work(dag, platform) + longest_back_off(result, platform);
  return 10 * (work + 5) < limit.to_seconds();
}

// A run that was ended at its horizon might have ended later. Who has what is explained and does
// not end, never will.
bool cut_short(const run::RunResult& result, const dag::Dag& dag,
               const platform::PlatformSpec& platform) {
  return result.horizon && *result.horizon < explained_time(dag, platform);
}

// What a policy brings upon itself, without a fault and for no lack of time, is no excuse: a
// function of its own that fails, say. A worker that needs more memory than it has may die.
bool undisturbed(const run::RunResult& result, const dag::Dag& dag,
                 const platform::PlatformSpec& platform, const scheduler::Promises& promises) {
  return result.faults.empty() && result.refused == 0 && result.aged_out == 0 &&
         result.usage.given_up == 0 && result.usage.worker_deaths == 0 &&
         easily_done(result, dag, platform, promises);
}

// A function of the policy may be ended though it does no more than all of the work.
bool ends_too_soon(const dag::Dag& dag, const platform::PlatformSpec& platform,
                   const scheduler::Promises& promises) {
  return promises.least_time_limit &&
         promises.least_time_limit->to_seconds() < slow_work(dag, platform) + 5;
}

// Functions failed more often than faults made them: they ran into limits of their own, as a task
// does each time that takes longer than its function may. That is no mishap to survive, unless
// there was so little to do that it must not happen.
bool too_much_to_do(const run::RunResult& result, const dag::Dag& dag,
                    const platform::PlatformSpec& platform, const scheduler::Promises& promises) {
  uint64_t made_to_fail = 0;
  for (const faults::InjectedFault& fault : result.faults)
    if (mishaps_of_fault(fault.point.kind).contains(Mishap::function_failed)) ++made_to_fail;
  return result.failed_executions > made_to_fail && !easily_done(result, dag, platform, promises);
}

}  // namespace

Mishaps mishaps_of(const run::RunResult& result) {
  Mishaps mishaps;
  for (const faults::InjectedFault& fault : result.faults)
    mishaps.add(mishaps_of_fault(fault.point.kind));
  if (result.failed_executions > 0 || result.retries > 0) mishaps.add(Mishap::function_failed);
  if (result.dropped > 0 || result.refused > 0) mishaps.add(Mishap::invocation_given_up);
  if (result.usage.worker_deaths > 0) mishaps.add(Mishap::worker_died);
  if (result.usage.given_up > 0) mishaps.add(Mishap::request_failed);
  return mishaps;
}

namespace {

// How often those mishaps happened, functions that failed apart.
uint64_t times_of(const Mishaps& kinds, const run::RunResult& result) {
  uint64_t times = kinds.contains(Mishap::worker_died) ? result.usage.worker_deaths : 0;
  const Mishaps counted = kinds.without({Mishap::function_failed, Mishap::worker_died});
  for (const faults::InjectedFault& fault : result.faults) {
    const Mishaps mishaps = mishaps_of_fault(fault.point.kind);
    if (!mishaps.empty() && mishaps.within(counted)) ++times;
  }
  return times;
}

// An outage or a loss fails any number.
uint64_t failed_requests(const run::RunResult& result) {
  uint64_t failed = 0;
  for (const faults::InjectedFault& fault : result.faults) {
    const FaultKind kind = fault.point.kind;
    if (kind == FaultKind::shard_outage || kind == FaultKind::shard_loss)
      return Expectations::kAnyNumber;
    if (mishaps_of_fault(kind).contains(Mishap::request_failed)) ++failed;
  }
  return failed;
}

double widest_host(const run::Job& job, const platform::PlatformSpec& platform) {
  const functions::LambdaSpec& functions = platform.functions;
  switch (job.policy->task_hosts) {
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

Expectations expectations(const run::Job& job, const platform::PlatformSpec& platform,
                          const run::RunResult& result) {
  const scheduler::Promises promises = job.policy->promises_with(*job.options);
  const Mishaps mishaps = mishaps_of(result);
  const bool no_fault = result.faults.empty();
  Expectations expected;
  expected.completes = undisturbed(result, *job.dag, platform, promises) ||
                       (mishaps.within(promises.completes_through) &&
                        !too_much_to_do(result, *job.dag, platform, promises));
  expected.runs_tasks = job.policy->task_hosts != scheduler::TaskHosts::none;
  expected.once =
      promises.each_task_once && no_fault && mishaps.without({Mishap::invocation_given_up}).empty();
  expected.polling = promises.polling;
  expected.slow_requests = promises.slow_requests;
  expected.doubled = times_of({Mishap::invocation_doubled, Mishap::message_doubled}, result);
  expected.failed_requests = failed_requests(result);
  if (promises.repeated_by) {
    expected.repeats = times_of(*promises.repeated_by, result);
    expected.failures_repeat = promises.repeated_by->contains(Mishap::function_failed);
  }
  // What has no room in a store now has none at the next try.
  if (result.usage.full_writes > 0) expected.completes = false;
  // The original's behaviour, made visible.
  if (result.avalanche && !promises.repeated_by) expected.completes = false;
  if (cut_short(result, *job.dag, platform) || ends_too_soon(*job.dag, platform, promises))
    expected.completes = false;
  // Once the burst is used up, and its environments are evicted, no function ever starts: each
  // further start is throttled.
  if (platform.functions.scaling.refill == 0 && result.throttles > 0) expected.completes = false;
  // What does not fit into the cluster's memory now may never do so.
  if (platform.functions.warm_pool.memory_limit_mb && result.throttles > 0)
    expected.completes = false;
  // A function for which nothing is reserved never starts.
  if (platform.functions.reserved_concurrency == 0) expected.completes = false;
  expected.in_order = mishaps.within(promises.in_order_through);
  expected.tidy = promises.leaves_nothing && no_fault;
  expected.widest_host = widest_host(job, platform);
  if (no_fault && !ends_too_soon(*job.dag, platform, promises))
    expected.shortest_lease = promises.shortest_lease;
  return expected;
}

}  // namespace wukong::invariants

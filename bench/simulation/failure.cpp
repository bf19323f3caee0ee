#include "bench/simulation/failure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <vector>

#include "bench/run/job.h"
#include "bench/run/run_result.h"
#include "scheduler/policy/policy.h"
#include "sim/accounting/execution_limit.h"
#include "sim/engine/engine.h"
#include "sim/faults/fault_plan.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/platform.h"
#include "workloads/dag/dag.h"

namespace wukong::simulation {
namespace {

// Of executions that failed, the causes, where they tell more than `known` does.
std::string other_failures(const functions::LambdaStatistics& statistics,
                           const std::string& known) {
  const FailureCauses& failures = statistics.failures;
  if (failures.count() == 0) return "";
  const bool told = known.find(failures.first()) != std::string::npos &&
                    known.find(failures.last()) != std::string::npos;
  if (told) return "";
  return fmt::format("; {} execution{} of functions failed: {}", failures.count(),
                     failures.count() == 1 ? "" : "s", failures.text());
}

// REQUIRES: there were such writes.
std::string explain_full_stores(const accounting::Usage& usage) {
  return fmt::format(
      "{} write{} refused by a Redis without memory for {}: more shards, or a larger memory_gib of "
      "their machines, would help",
      usage.full_writes, usage.full_writes == 1 ? " was" : "s were",
      usage.full_writes == 1 ? "it" : "them");
}

}  // namespace

std::string explain_refusals(const functions::LambdaStatistics& statistics,
                             std::string_view payload_option) {
  std::string text =
      fmt::format("{} call{} refused: {}", statistics.refused,
                  statistics.refused == 1 ? " was" : "s were", statistics.first_refusal);
  if (statistics.payload_refused && !payload_option.empty())
    text += fmt::format(", or a smaller {} of the system", payload_option);
  return text;
}

void explain_deadlock(const engine::Deadlock& deadlock,
                      const functions::LambdaStatistics& statistics, const accounting::Usage& usage,
                      std::string_view payload_option, run::RunResult& result) {
  std::vector<std::string> causes;
  if (statistics.refused > 0) causes.push_back(explain_refusals(statistics, payload_option));
  if (statistics.dropped > 0)
    causes.push_back(fmt::format("{} invocation{} given up after the last retry; the first one: {}",
                                 statistics.dropped, statistics.dropped == 1 ? " was" : "s were",
                                 statistics.first_drop));
  if (usage.full_writes > 0) causes.push_back(explain_full_stores(usage));
  result.deadlocked = causes.empty();
  result.failure = causes.empty() ? deadlock.what() : fmt::format("{}", fmt::join(causes, "; "));
  if (!causes.empty()) result.failure += other_failures(statistics, result.failure);
}

void explain_avalanche(platform::Platform& platform, const faults::FaultPlan* plan,
                       const run::Job& job, run::RunResult& result) {
  const accounting::ExecutionLimit& executions = platform.executions();
  const FailureCauses& failures = platform.lambda().statistics().failures;
  const dag::Dag& dag = *job.dag;
  const TaskId most = executions.most_repeated();
  std::string cause = "no function has failed, so that the system itself repeats them";
  if (plan != nullptr && !plan->injected().empty()) {
    const faults::InjectedFault& first = plan->injected().front();
    cause = fmt::format("the first cause is {} at {:.6g} s", describe(std::vector{first.point}),
                        first.at.to_seconds());
  } else if (failures.count() > 0) {
    cause = "the first cause is an execution of a function that failed: " + failures.first();
  }
  result.avalanche = true;
  result.failure = fmt::format(
      "an avalanche of repeated work: more than {} executions of {} task{}, of {} alone {}; {}",
      executions.most(), dag.task_count(), dag.task_count() == 1 ? "" : "s", dag.name(most),
      executions.executions(most), cause);
  if (!job.policy->repeats_option.empty())
    result.failure += fmt::format("; {} would bound it", job.policy->repeats_option);
}

std::string explain_horizon(Duration horizon, const std::optional<Duration>& results_at,
                            const platform::Platform& platform, const dag::Dag& dag,
                            std::string_view payload_option) {
  const accounting::Usage& usage = platform.usage();
  std::string text;
  if (platform.lambda().statistics().refused > 0 && usage.tasks_done < dag.task_count())
    text = explain_refusals(platform.lambda().statistics(), payload_option) + "; ";
  if (usage.full_writes > 0) text += explain_full_stores(usage) + "; ";
  text += fmt::format("still running after {:.9g} s of simulated time: {} of {} tasks had run",
                      horizon.to_seconds(), usage.tasks_done, dag.task_count());
  if (usage.executed > usage.tasks_done)
    text += fmt::format(" ({} executions were begun)", usage.executed);
  if (results_at)
    text += fmt::format("; the client had its results at {:.9g} s", results_at->to_seconds());
  return text + other_failures(platform.lambda().statistics(), "");
}

std::string explain_missing_tasks(Duration results_at, const accounting::Usage& usage,
                                  const dag::Dag& dag) {
  const uint64_t done = usage.tasks_done;
  if (done == dag.task_count()) return "";
  return fmt::format("the client had its results at {:.9g} s, but {} of {} tasks never ran",
                     results_at.to_seconds(), dag.task_count() - done, dag.task_count());
}

void add_faults(const faults::FaultPlan& plan, run::RunResult& result) {
  result.faults = plan.injected();
  result.fault_opportunities = plan.opportunities();
  if (result.completed || result.faults.empty()) return;
  const faults::InjectedFault& first = result.faults.front();
  const std::string text = describe(std::vector{first.point});
  if (result.deadlocked)
    result.failure = fmt::format(
        "work was lost, and nobody will do it again: {} fault{}, the first one {} at {:.6g} s; {}",
        result.faults.size(), result.faults.size() == 1 ? "" : "s", text, first.at.to_seconds(),
        result.failure);
  result.deadlocked = false;
}

void add_violations(std::vector<std::string> violations, run::RunResult& result) {
  result.violations = std::move(violations);
  if (result.violations.empty()) return;
  const std::string text =
      fmt::format("an invariant does not hold: {}", fmt::join(result.violations, "; "));
  result.failure = result.failure.empty() ? text : result.failure + "; " + text;
  result.completed = false;
}

}  // namespace wukong::simulation

// Why a run did not complete, in words: one or two sentences that begin with the cause.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/time.h"

namespace wukong::accounting {
struct Usage;
}  // namespace wukong::accounting

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::engine {
class Deadlock;
}  // namespace wukong::engine

namespace wukong::faults {
class FaultPlan;
}  // namespace wukong::faults

namespace wukong::functions {
struct LambdaStatistics;
}  // namespace wukong::functions

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::run {
struct Job;
struct RunResult;
}  // namespace wukong::run

namespace wukong::simulation {

// Nobody can go on. Invocations that were refused or lost are the cause where there are any, the
// rest follows. `payload_option` is the policy's.
void explain_deadlock(const engine::Deadlock& deadlock,
                      const functions::LambdaStatistics& statistics, const accounting::Usage& usage,
                      std::string_view payload_option, run::RunResult& result);
// Of calls that the function service did not take: which of its limits, and what would help.
// REQUIRES: there are any.
std::string explain_refusals(const functions::LambdaStatistics& statistics,
                             std::string_view payload_option);

// So many executions a run may begin. No system repeats a task more than a few times for each thing
// that goes wrong, so a mean of 100 is no retry any more; a small DAG under many faults may have
// more.
constexpr uint64_t most_executions(uint64_t tasks) {
  constexpr uint64_t kFewTasks = 100;
  return 100 * std::max(tasks, kFewTasks);
}
// It began more. `plan` is null in a run without faults.
void explain_avalanche(platform::Platform& platform, const faults::FaultPlan* plan,
                       const run::Job& job, run::RunResult& result);

// The horizon was reached. The client may have its results, at `results_at`, while functions run on
// without an end; then their bill is open. Executions that failed may be why.
std::string explain_horizon(Duration horizon, const std::optional<Duration>& results_at,
                            const platform::Platform& platform, const dag::Dag& dag,
                            std::string_view payload_option);

// Results that came although tasks never ran: a fan-in has fired too early, say. Empty: all ran.
std::string explain_missing_tasks(Duration results_at, const accounting::Usage& usage,
                                  const dag::Dag& dag);

// Adds the faults that struck. A run that stands still after faults has lost work to them; that is
// no deadlock of the policy.
void add_faults(const faults::FaultPlan& plan, run::RunResult& result);

// Adds the invariants that do not hold: a completed run has failed then.
void add_violations(std::vector<std::string> violations, run::RunResult& result);

}  // namespace wukong::simulation

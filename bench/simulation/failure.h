// Why a run did not complete, in words: one or two sentences that begin with the cause.
#pragma once

#include <optional>
#include <string>
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
struct RunResult;
}  // namespace wukong::run

namespace wukong::simulation {

// Nobody can go on. Lost invocations are the cause where there are any, the rest follows.
void explain_deadlock(const engine::Deadlock& deadlock,
                      const functions::LambdaStatistics& statistics, run::RunResult& result);

// The horizon was reached. The client may have its results, at `results_at`, while functions run on
// without an end; then their bill is open. Executions that failed may be why.
std::string explain_horizon(Duration horizon, const std::optional<Duration>& results_at,
                            const platform::Platform& platform, const dag::Dag& dag);

// Results that came although tasks never ran: a fan-in has fired too early, say. Empty: all ran.
std::string explain_missing_tasks(Duration results_at, const accounting::Usage& usage,
                                  const dag::Dag& dag);

// Adds the faults that struck. A run that stands still after faults has lost work to them; that is
// no deadlock of the policy.
void add_faults(const faults::FaultPlan& plan, run::RunResult& result);

// Adds the invariants that do not hold: a completed run has failed then.
void add_violations(std::vector<std::string> violations, run::RunResult& result);

}  // namespace wukong::simulation

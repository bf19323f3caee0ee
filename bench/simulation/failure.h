// Why a run did not complete, in words: one or two sentences that begin with the cause.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/result/run_result.h"
#include "sim/engine/engine.h"
#include "sim/faults/fault_plan.h"
#include "sim/platform/platform.h"
#include "workloads/dag.h"

namespace wukong::bench {

// Nobody can go on. Lost invocations are the cause where there are any, the rest follows.
void explain_deadlock(const sim::Deadlock& deadlock, const sim::LambdaStatistics& statistics,
                      RunResult& result);

// The horizon was reached. The client may have its results, at `results_at`, while functions run on
// without an end; then their bill is open. Executions that failed may be why.
std::string explain_horizon(Duration horizon, const std::optional<Duration>& results_at,
                            const sim::Platform& platform, const workloads::Dag& dag);

// Results that came although tasks never ran: a fan-in has fired too early, say. Empty: all ran.
std::string explain_missing_tasks(Duration results_at, const sim::Usage& usage,
                                  const workloads::Dag& dag);

// Adds the faults that struck. A run that stands still after faults has lost work to them; that is
// no deadlock of the policy.
void add_faults(const sim::FaultPlan& plan, RunResult& result);

// Adds the invariants that do not hold: a completed run has failed then.
void add_violations(std::vector<std::string> violations, RunResult& result);

}  // namespace wukong::bench

// What must hold in every run of every system, whatever its options: checked from the trace and the
// result, not from what the policy says of itself.
#pragma once

#include <string>
#include <vector>

#include "sim/platform/platform.h"
#include "test/support/policy_run.h"
#include "workloads/dag.h"

namespace wukong::test {

// One sentence for each invariant that the run breaks:
// - the run completes, and every task is executed; exactly once unless a function failed or a
//   message's lease expired;
// - no task starts before each of its predecessors has finished, or in a function that is not
//   running, and none takes less time than it needs;
// - the makespan is at least the critical path, and at least the work over the most tasks at a
// time;
// - no object is read before it was written, unless it was there before the run;
// - concurrency stays below the account's limit;
// - what is billed is at least what was used, and what is charged is what was billed;
// - the result's counts are those of the trace.
std::vector<std::string> violations(const workloads::Dag& dag, const sim::PlatformSpec& platform,
                                    const PolicyRun& run);

}  // namespace wukong::test

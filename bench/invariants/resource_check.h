// The part of the invariants that is about what a run may use: each quantity has a bound that
// follows from the DAG and from what went wrong, so that a system which repeats, sends or asks
// without need is noticed though it ends well.
#pragma once

#include "bench/invariants/broken_invariants.h"
#include "bench/invariants/expectations.h"
#include "bench/invariants/function_check.h"
#include "workloads/dag/dag.h"

namespace wukong::invariants {

void check_resources(const dag::Dag& dag, const run::RunResult& result,
                     const Expectations& expected, const FunctionCheck& functions,
                     BrokenInvariants& broken);

}  // namespace wukong::invariants

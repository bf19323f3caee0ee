// The program's invariants (bench/invariants/invariants.h) on a run that is over, whose records and
// result a test may have tampered with.
#pragma once

#include <string>
#include <vector>

#include "sim/platform/platform.h"
#include "test/support/policy_run.h"
#include "workloads/dag/dag.h"

namespace wukong::test {

// One sentence for each invariant that the run breaks.
std::vector<std::string> violations(const dag::Dag& dag, const platform::PlatformSpec& platform,
                                    const PolicyRun& run);

}  // namespace wukong::test

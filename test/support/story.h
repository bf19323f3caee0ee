// A trace as text that can be read as a story: a line a record, with the simulated time, who did
// it, and what to which task or object, by name. What the engine resumes is left out.
#pragma once

#include <string>

#include "test/support/policy_run.h"
#include "workloads/dag/dag.h"

namespace wukong::test {

// Ends with the client's results, or why there are none.
std::string story(const dag::Dag& dag, const PolicyRun& run);

}  // namespace wukong::test

// What must hold in every emulated run, in which times are measured: a makespan on the wall clock
// is at least the slowest path of the tasks' times, whatever the system.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/run/run_result.h"
#include "workloads/dag/dag.h"

namespace wukong::invariants {

// `times` are the least that each task took in this run, in its time, rounded down; zero for one
// that was not executed. A sentence if the makespan is shorter than the path; a run that did not
// complete has none.
std::vector<std::string> check_emulated_makespan(const dag::Dag& dag,
                                                 std::span<const Duration> times,
                                                 const run::RunResult& result);

}  // namespace wukong::invariants

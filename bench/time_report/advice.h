// What would make a run faster. Only what was tried is said: the run is simulated once more with
// one option changed, and the advice has both makespans.
#pragma once

#include <string>

#include "bench/experiment/experiment.h"
#include "bench/run/run_result.h"

namespace wukong::time_report {

// One sentence; empty if nothing is known that helps by a tenth or more. `result` is the system's
// first replicate, with its critical path.
std::string advice_for(const experiment::Experiment& experiment,
                       const experiment::SystemSetup& system, const run::RunResult& result);

}  // namespace wukong::time_report

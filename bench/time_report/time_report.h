// "Why is this slow?": the critical paths of an experiment's systems, side by side.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/experiment/experiment.h"
#include "bench/run/run_result.h"

namespace wukong::time_report {

// The parts of each system's first replicate; then its longest segments; and what would make it
// faster, where that is known. The results are of the experiment, and those replicates have their
// critical paths if they completed. `width`: the most columns of a line.
std::string report_time(const experiment::Experiment& experiment,
                        std::span<const run::RunResult> results, size_t width);

}  // namespace wukong::time_report

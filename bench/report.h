// The results of an experiment as text for a terminal.
#pragma once

#include <span>
#include <string>

#include "bench/experiment.h"
#include "bench/run.h"

namespace wukong::bench {

// One system after the other, all quantities.
std::string report_runs(const Experiment& experiment, std::span<const RunResult> results);

// Systems side by side, and each system's ratio to the first one.
std::string report_comparison(const Experiment& experiment, std::span<const RunResult> results);

}  // namespace wukong::bench

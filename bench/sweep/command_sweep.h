// `wukong sweep`.
#pragma once

#include <functional>

#include "bench/command.h"
#include "bench/sweep/sweep_runner.h"

namespace wukong::bench {

// Who runs a sweep: threads of this process (run_sweep), or those and processes elsewhere.
using SweepRunner =
    std::function<SweepOutcome(const SweepPlan&, const Catalog&, const SweepOptions&)>;

void add_sweep_command(CLI::App& program, Action& action, const SweepRunner& runner);

}  // namespace wukong::bench

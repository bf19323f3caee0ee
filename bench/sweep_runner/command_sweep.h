// `wukong sweep`.
#pragma once

#include <functional>

#include "bench/commands/command.h"
#include "bench/sweep_runner/sweep_runner.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::sweep_runner {

// Who runs a sweep: threads of this process (run_sweep), or those and processes elsewhere.
using SweepRunner = std::function<SweepOutcome(const sweep::SweepPlan&, const experiment::Catalog&,
                                               const SweepOptions&)>;

void add_sweep_command(command_line::Command program, const SweepRunner& runner);

}  // namespace wukong::sweep_runner

// `wukong reproduce`: the papers' figures, simulated and compared.
#pragma once

#include "bench/commands/command.h"

namespace wukong::reproduction_report {

void add_reproduce_command(CLI::App& program, commands::Action& action);

}  // namespace wukong::reproduction_report

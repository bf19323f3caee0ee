// `wukong results`: show, export, sql, plot, merge.
#pragma once

#include "bench/commands/command.h"

namespace wukong::exports {

void add_results_command(CLI::App& program, commands::Action& action);

}  // namespace wukong::exports

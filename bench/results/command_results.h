// `wukong results`: show, export, sql, plot, merge.
#pragma once

#include "bench/command.h"

namespace wukong::bench {

void add_results_command(CLI::App& program, Action& action);

}  // namespace wukong::bench

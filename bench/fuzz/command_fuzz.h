// `wukong fuzz`: random runs with random faults, whose invariants must hold.
#pragma once

#include "bench/command.h"

namespace wukong::bench {

void add_fuzz_command(CLI::App& program, Action& action);

}  // namespace wukong::bench

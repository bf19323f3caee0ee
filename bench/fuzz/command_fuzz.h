// `wukong fuzz`: random runs with random faults, whose invariants must hold.
#pragma once

#include "bench/commands/command.h"

namespace wukong::fuzz {

void add_fuzz_command(CLI::App& program, commands::Action& action);

}  // namespace wukong::fuzz

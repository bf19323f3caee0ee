// `wukong fuzz`: random runs with random faults, whose invariants must hold.
#pragma once

#include "bench/commands/command.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::fuzz {

void add_fuzz_command(command_line::Command program);

}  // namespace wukong::fuzz

// `wukong reproduce`: the papers' figures, simulated and compared.
#pragma once

#include "bench/commands/command.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::fidelity_commands {

void add_reproduce_command(command_line::Command program);

}  // namespace wukong::fidelity_commands

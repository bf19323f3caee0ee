// `wukong calibrate`: the presets' free parameters, fitted to those figures.
#pragma once

#include "bench/commands/command.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::fidelity_commands {

void add_calibrate_command(command_line::Command program);

}  // namespace wukong::fidelity_commands

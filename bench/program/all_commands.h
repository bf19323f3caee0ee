// Every command of `wukong`.
#pragma once

#include "bench/command_line/command.h"

namespace wukong::program {

void add_all_commands(command_line::Command root);

}  // namespace wukong::program

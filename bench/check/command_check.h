// `wukong check`: guards policies against changes that nobody meant.
#pragma once

#include "bench/commands/command.h"

namespace wukong::check {

void add_check_command(CLI::App& program, commands::Action& action);

}  // namespace wukong::check

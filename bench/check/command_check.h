// `wukong check`: guards policies against changes that nobody meant.
#pragma once

#include "bench/command.h"

namespace wukong::bench {

void add_check_command(CLI::App& program, Action& action);

}  // namespace wukong::bench

// `wukong check`: guards policies against changes that nobody meant.
#pragma once

#include "bench/commands/command.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::check {

void add_check_command(command_line::Command program);

}  // namespace wukong::check

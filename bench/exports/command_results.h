// `wukong results`: show, export, sql, plot, merge.
#pragma once

#include "bench/commands/command.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::exports {

void add_results_command(command_line::Command program);

}  // namespace wukong::exports

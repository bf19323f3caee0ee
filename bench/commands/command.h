// The program's subcommands. Each file command_*.cpp adds one to the command line.
#pragma once

#include <string>

#include "bench/commands/exit_code.h"

namespace wukong::command_line {
class Command;
}  // namespace wukong::command_line

namespace wukong::commands {

void add_run_command(command_line::Command program);
void add_emulate_command(command_line::Command program);
void add_validate_command(command_line::Command program);
void add_compare_command(command_line::Command program);
void add_explain_time_command(command_line::Command program);
void add_dag_command(command_line::Command program);
void add_presets_command(command_line::Command program);
void add_workloads_command(command_line::Command program);
void add_metrics_command(command_line::Command program);

// Writes a report to the standard output, with the control characters of foreign names made
// visible. What cannot be written is a WriteError. A document for programs is an OutputFile, as it
// is.
void print(const std::string& text);

}  // namespace wukong::commands

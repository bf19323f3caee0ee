// The program's subcommands. Each file command_*.cpp adds one to the command line; parsing selects
// what to do, and main does it, so that an error of the work is not taken for one of the flags.
#pragma once

#include <functional>
#include <string>

#include "bench/commands/exit_code.h"

namespace CLI {
class App;
}

namespace wukong::commands {

// Set by the subcommand that was given.
using Action = std::function<ExitCode()>;

void add_run_command(CLI::App& program, Action& action);
void add_emulate_command(CLI::App& program, Action& action);
void add_validate_command(CLI::App& program, Action& action);
void add_compare_command(CLI::App& program, Action& action);
void add_explain_time_command(CLI::App& program, Action& action);
void add_dag_command(CLI::App& program, Action& action);
void add_presets_command(CLI::App& program, Action& action);
void add_workloads_command(CLI::App& program, Action& action);
void add_metrics_command(CLI::App& program, Action& action);

// Writes a report to the standard output, with the control characters of foreign names made
// visible. What cannot be written is a WriteError. A document for programs is an OutputFile, as it
// is.
void print(const std::string& text);

}  // namespace wukong::commands

// What every program of the bench has in common: how it parses its command line, how it reports
// errors, and how it ends. Every error ends here: one line on stderr, and an exit code.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "bench/commands/exit_code.h"

namespace wukong::command_line {
class Program;
}  // namespace wukong::command_line

namespace wukong::commands {

// What comes from outside may hold line breaks and control characters; the message is one line.
ExitCode report_error(const std::string& message, ExitCode code);

// A line on stderr for each.
void report_warnings(std::span<const std::string> messages);

// Reads the command line, and does what it asks for.
int run_command(command_line::Program& program, int argc, char** argv);

// Calls `body`, and turns what it throws into a report and an exit code. From then on the program
// ends as soon as it finds no more memory.
int run_guarded(const std::function<int()>& body);

}  // namespace wukong::commands

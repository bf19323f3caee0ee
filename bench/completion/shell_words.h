// Completion of the command line in shells, and its manual page: texts made of what the command
// line says of itself, so that there is no second list of flags.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/command_line/command_info.h"

namespace wukong::completion {

// What an argument may be, by command and argument: {"wukong workloads NAME", {"tsqr", ...}}.
using ArgumentWords = std::map<std::string, std::vector<std::string>>;

std::string bash_text(const command_line::CommandInfo& program, const ArgumentWords& words);
std::string zsh_text(const command_line::CommandInfo& program, const ArgumentWords& words);
std::string fish_text(const command_line::CommandInfo& program, const ArgumentWords& words);
// In roff, for man.
std::string man_text(const command_line::CommandInfo& program, const std::string& version);

// Commands below `command`, itself first, each before those below it.
std::vector<const command_line::CommandInfo*> all_commands(
    const command_line::CommandInfo& command);
// In single quotes, for any shell.
std::string shell_quoted(const std::string& text);
// All that may stand there without a dash: commands, or the words of arguments.
std::vector<std::string> words_of(const command_line::CommandInfo& command,
                                  const ArgumentWords& words);

}  // namespace wukong::completion

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/completion/shell_words.h"

namespace wukong::completion {

using command_line::CommandInfo;
using command_line::FlagInfo;

namespace {

std::string patterns_of_commands(const CommandInfo& program) {
  std::vector<std::string> patterns;
  for (const CommandInfo* command : all_commands(program))
    if (command != &program) patterns.push_back(shell_quoted(command->path));
  return fmt::format("{}", fmt::join(patterns, "|"));
}

std::string words_for(const CommandInfo& command, const ArgumentWords& words) {
  std::vector<std::string> all = words_of(command, words);
  for (const FlagInfo& flag : command.flags)
    if (!flag.is_argument) all.insert(all.end(), flag.names.begin(), flag.names.end());
  return shell_quoted(fmt::format("{}", fmt::join(all, " ")));
}

// What may stand behind a flag: its choices, or a file.
std::string values_of_flags(const CommandInfo& command) {
  std::string text;
  for (const FlagInfo& flag : command.flags) {
    if (flag.is_argument || !flag.takes_value) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : flag.names)
      patterns.push_back(shell_quoted(command.path + " " + name));
    text += fmt::format("    {}) words={} ;;\n", fmt::join(patterns, "|"),
                        shell_quoted(fmt::format("{}", fmt::join(flag.choices, " "))));
  }
  return text;
}

}  // namespace

// Where no word fits, bash completes the names of files by itself (-o default).
std::string bash_text(const CommandInfo& program, const ArgumentWords& words) {
  std::string of_commands, of_flags;
  for (const CommandInfo* command : all_commands(program)) {
    of_commands += fmt::format("    {}) words={} ;;\n", shell_quoted(command->path),
                               words_for(*command, words));
    of_flags += values_of_flags(*command);
  }
  return fmt::format(
      "# Completion of {0} in bash:  source <({0} completion bash)\n"
      "_{0}() {{\n"
      "  local at={0} words='' i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$at ${{COMP_WORDS[i]}}\" in\n"
      "    {1}) at=\"$at ${{COMP_WORDS[i]}}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at\" in\n{2}  esac\n"
      "  case \"$at ${{COMP_WORDS[COMP_CWORD-1]}}\" in\n{3}  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n"
      "}}\n"
      "complete -o bashdefault -o default -F _{0} {0}\n",
      program.name, patterns_of_commands(program), of_commands, of_flags);
}

}  // namespace wukong::completion

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/completion/shell_words.h"

namespace wukong::completion {

using command_line::CommandInfo;
using command_line::FlagInfo;

namespace {

// 'name:what it means', as _describe takes it.
std::string entry(const std::string& name, const std::string& about) {
  std::string escaped;
  for (const char c : name) escaped += c == ':' ? "\\:" : std::string(1, c);
  return shell_quoted(about.empty() ? escaped : escaped + ":" + about);
}

std::string entries_of(const CommandInfo& command, const ArgumentWords& words) {
  std::vector<std::string> entries;
  for (const CommandInfo& next : command.commands) entries.push_back(entry(next.name, next.about));
  if (command.commands.empty())
    for (const std::string& word : words_of(command, words)) entries.push_back(entry(word, ""));
  for (const FlagInfo& flag : command.flags)
    if (!flag.is_argument)
      for (const std::string& name : flag.names) entries.push_back(entry(name, flag.about));
  return fmt::format("{}", fmt::join(entries, " "));
}

}  // namespace

std::string zsh_text(const CommandInfo& program, const ArgumentWords& words) {
  std::string of_commands, of_flags;
  std::vector<std::string> patterns;
  for (const CommandInfo* command : all_commands(program)) {
    if (command != &program) patterns.push_back(shell_quoted(command->path));
    of_commands += fmt::format("    ({}) entries=({}) ;;\n", shell_quoted(command->path),
                               entries_of(*command, words));
    for (const FlagInfo& flag : command->flags) {
      if (flag.is_argument || !flag.takes_value) continue;
      for (const std::string& name : flag.names)
        of_flags += fmt::format(
            "    ({}) {}; return ;;\n", shell_quoted(command->path + " " + name),
            flag.choices.empty() ? "_files"
                                 : fmt::format("compadd -- {}", fmt::join(flag.choices, " ")));
    }
  }
  return fmt::format(
      "#compdef {0}\n"
      "# Completion of {0} in zsh:  source <({0} completion zsh)\n"
      "_{0}() {{\n"
      "  local at={0} i\n"
      "  local -a entries\n"
      "  for ((i = 2; i < CURRENT; i++)); do\n"
      "    case \"$at ${{words[i]}}\" in\n"
      "    ({1}) at=\"$at ${{words[i]}}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at ${{words[CURRENT-1]}}\" in\n{3}  esac\n"
      "  case \"$at\" in\n{2}  esac\n"
      "  _describe -t words {0} entries\n"
      "  [[ \"$at\" == {0} ]] || _files\n"
      "}}\n"
      "if [[ \"$funcstack[1]\" == _{0} ]]; then _{0} \"$@\"; else compdef _{0} {0}; fi\n",
      program.name, fmt::join(patterns, "|"), of_commands, of_flags);
}

}  // namespace wukong::completion

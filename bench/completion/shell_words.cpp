#include "bench/completion/shell_words.h"

namespace wukong::completion {

using command_line::CommandInfo;
using command_line::FlagInfo;

std::vector<const CommandInfo*> all_commands(const CommandInfo& command) {
  std::vector<const CommandInfo*> all{&command};
  for (const CommandInfo& next : command.commands)
    for (const CommandInfo* below : all_commands(next)) all.push_back(below);
  return all;
}

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

std::vector<std::string> words_of(const CommandInfo& command, const ArgumentWords& words) {
  std::vector<std::string> found;
  for (const CommandInfo& next : command.commands) found.push_back(next.name);
  for (const FlagInfo& flag : command.flags) {
    if (!flag.is_argument) continue;
    found.insert(found.end(), flag.choices.begin(), flag.choices.end());
    const auto its = words.find(command.path + " " + flag.names.front());
    if (its != words.end()) found.insert(found.end(), its->second.begin(), its->second.end());
  }
  return found;
}

}  // namespace wukong::completion

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/completion/shell_words.h"

namespace wukong::completion {

using command_line::CommandInfo;
using command_line::FlagInfo;

namespace {

// Fish knows two escapes within single quotes.
std::string fish_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string flag_line(const std::string& begin, const FlagInfo& flag) {
  std::string line = begin;
  for (const std::string& name : flag.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!flag.choices.empty())
    line += fmt::format(" -x -a {}", fish_quoted(fmt::format("{}", fmt::join(flag.choices, " "))));
  else if (flag.takes_value)
    line += " -r";
  return line + " -d " + fish_quoted(flag.about) + "\n";
}

}  // namespace

std::string fish_text(const CommandInfo& program, const ArgumentWords& words) {
  std::vector<std::string> paths;
  std::string lines;
  for (const CommandInfo* command : all_commands(program)) {
    if (command != &program) paths.push_back(fish_quoted(command->path));
    const std::string begin =
        fmt::format("complete -c {} -n {}", program.name,
                    fish_quoted(fmt::format("__{}_at \"{}\"", program.name, command->path)));
    for (const CommandInfo& next : command->commands)
      lines += begin + " -f -a " + next.name + " -d " + fish_quoted(next.about) + "\n";
    if (command->commands.empty())
      if (const std::vector<std::string> its = words_of(*command, words); !its.empty())
        lines += begin + " -a " + fish_quoted(fmt::format("{}", fmt::join(its, " "))) + "\n";
    for (const FlagInfo& flag : command->flags)
      if (!flag.is_argument) lines += flag_line(begin, flag);
  }
  return fmt::format(
      "# Completion of {0} in fish:  {0} completion fish | source\n"
      "function __{0}_at\n"
      "  set -l at {0}\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    contains -- \"$at $word\" {1}; and set at \"$at $word\"\n"
      "  end\n"
      "  test \"$at\" = \"$argv[1]\"\n"
      "end\n{2}",
      program.name, fmt::join(paths, " "), lines);
}

}  // namespace wukong::completion

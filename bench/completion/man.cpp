#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/completion/shell_words.h"

namespace wukong::completion {

using command_line::CommandInfo;
using command_line::FlagInfo;

namespace {

// A line that begins with a point or a quote would be a request, and a dash a hyphen.
std::string roff(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\')
      escaped += "\\e";
    else if (c == '-')
      escaped += "\\-";
    else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n'))
      escaped += std::string("\\&") + c;
    else
      escaped += c;
  }
  return escaped;
}

std::string flag_text(const FlagInfo& flag) {
  std::string value;
  if (!flag.choices.empty())
    value = fmt::format(" \\fI{}\\fR", roff(fmt::format("{}", fmt::join(flag.choices, "|"))));
  else if (flag.takes_value && !flag.is_argument)
    value = " \\fIVALUE\\fR";
  return fmt::format(".TP\n\\fB{}\\fR{}{}\n{}\n",
                     roff(fmt::format("{}", fmt::join(flag.names, ", "))), value,
                     flag.required ? " (required)" : "", roff(flag.about));
}

// Lines that are indented are for copying, and stay as they are; the others are prose.
std::string footer_text(const std::string& footer) {
  std::string text;
  bool copied = false;
  for (size_t at = 0; at < footer.size();) {
    const size_t end = std::min(footer.find('\n', at), footer.size());
    const std::string line = footer.substr(at, end - at);
    at = end + 1;
    const bool is_copied = line.starts_with(' ');
    if (is_copied != copied) text += is_copied ? ".nf\n" : ".fi\n";
    copied = is_copied;
    text += line.empty() ? ".PP\n" : roff(line) + "\n";
  }
  return text + (copied ? ".fi\n" : "");
}

std::string synopsis(const CommandInfo& command) {
  std::string text = fmt::format("\\fB{}\\fR", roff(command.path));
  if (!command.commands.empty()) text += " \\fICOMMAND\\fR";
  bool flags = false;
  for (const FlagInfo& flag : command.flags) {
    flags = flags || !flag.is_argument;
    if (!flag.is_argument) continue;
    const std::string name = fmt::format("\\fI{}\\fR", roff(flag.names.front()));
    text += flag.required ? " " + name : " [" + name + "]";
  }
  return text + (flags ? " [\\fIflags\\fR]" : "");
}

}  // namespace

std::string man_text(const CommandInfo& program, const std::string& version) {
  std::string text = fmt::format(".TH {} 1 \"\" \"{} {}\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}\n",
                                 program.name, program.name, roff(version), program.name,
                                 roff(program.about), synopsis(program));
  text += ".SH FLAGS\n";
  for (const FlagInfo& flag : program.flags) text += flag_text(flag);
  text += ".SH COMMANDS\n";
  for (const CommandInfo* command : all_commands(program)) {
    if (command == &program) continue;
    text += fmt::format(".SS {}\n{}\n.PP\n{}\n", roff(command->path), synopsis(*command),
                        roff(command->about) + (command->about.ends_with('.') ? "" : "."));
    for (const FlagInfo& flag : command->flags)
      if (flag.names.back() != "--help") text += flag_text(flag);
    if (!command->footer.empty()) text += ".PP\n" + footer_text(command->footer);
  }
  return text + ".SH EXIT STATUS AND EXAMPLES\n" + footer_text(program.footer);
}

}  // namespace wukong::completion

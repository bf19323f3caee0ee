#include "bench/command_line/command_info.h"

#include <CLI/CLI.hpp>

#include "bench/command_line/command.h"

namespace wukong::command_line {
namespace {

// Of "TEXT:{dask,numpywren}": what a value is checked against, which the library tells so.
std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const size_t begin = type.find('{');
  const size_t end = type.rfind('}');
  std::vector<std::string> choices;
  if (begin == std::string::npos || end == std::string::npos) return choices;
  for (size_t at = begin + 1; at < end;) {
    const size_t comma = std::min(type.find(',', at), end);
    choices.push_back(type.substr(at, comma - at));
    at = comma + 1;
  }
  return choices;
}

FlagInfo flag_info(const CLI::Option& option) {
  FlagInfo info;
  info.is_argument = option.get_positional();
  if (info.is_argument) {
    info.names.push_back(option.get_name(/*positional=*/true));
  } else {
    for (const std::string& name : option.get_snames()) info.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) info.names.push_back("--" + name);
  }
  info.takes_value = option.get_items_expected_max() > 0;
  info.required = option.get_required();
  info.choices = choices_of(option);
  info.about = option.get_description();
  return info;
}

CommandInfo command_info(const CLI::App& app, const std::string& outer) {
  CommandInfo info;
  info.name = app.get_name();
  info.path = outer.empty() ? info.name : outer + " " + info.name;
  info.about = app.get_description();
  info.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) info.flags.push_back(flag_info(*option));
  for (const CLI::App* next : app.get_subcommands([](const CLI::App*) { return true; }))
    info.commands.push_back(command_info(*next, info.path));
  return info;
}

}  // namespace

CommandInfo Command::describe_program() const {
  const CLI::App* root = app_;
  while (root->get_parent() != nullptr) root = root->get_parent();
  return command_info(*root, "");
}

}  // namespace wukong::command_line

#include "bench/command_line/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>
#include <vector>

#include "bench/command_line/help_format.h"
#include "sim/base/error.h"

namespace wukong::command_line {
namespace {

// The first word where a command should stand and none has that name; with what may have been
// meant.
std::string unknown_command(const CLI::App& program, int argc, const char* const* argv) {
  const CLI::App* command = &program;
  for (int i = 1; i < argc && argv[i][0] != '-'; ++i) {
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* known : command->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(known->get_name());
      if (known->check_name(argv[i])) next = known;
    }
    if (names.empty()) return "";
    if (next == nullptr)
      return fmt::format("{}: expected a command ({}), found \"{}\"{}", command->get_name(),
                         fmt::join(names, ", "), argv[i], did_you_mean(argv[i], names));
    command = next;
  }
  return "";
}

// `--shard ""` is what a script gives whose variable is not set. Taken for no flag at all, it would
// do other work than was asked for.
void check_no_empty_words(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i)
    if (*argv[i] == '\0')
      throw Error({argv[i - 1][0] == '-' ? argv[i - 1] : fmt::format("argument {}", i), 0, ""},
                  "a value", "an empty text");
}

// `--shard=` is an empty value, too.
void check_no_empty_values(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options())
    for (const std::string& value : option->results())
      if (value.empty()) throw Error({option->get_name(), 0, ""}, "a value", "an empty text");
  for (const CLI::App* next : command.get_subcommands()) check_no_empty_values(*next);
}

}  // namespace

Program::Program(const std::string& name, const std::string& about)
    : app_(std::make_unique<CLI::App>(about, name)) {}

Program::~Program() = default;

void Program::fit_help(size_t width) { command_line::fit_help(*app_, width); }

void Program::version(const std::string& text) { app_->set_version_flag("--version", text); }

Program::Reading Program::read(int argc, const char* const* argv) {
  check_no_empty_words(argc, argv);
  try {
    app_->parse(argc, argv);
  } catch (const CLI::Success& success) {
    std::ostringstream text;
    app_->exit(success, text, text);
    return {nullptr, text.str()};
  } catch (const CLI::ParseError& error) {
    const std::string unknown = unknown_command(*app_, argc, argv);
    if (unknown.empty()) check_no_empty_values(*app_);  // whatever a parser of numbers says of them
    throw Error({}, unknown.empty()
                        ? fmt::format("{} (see {} --help)", error.what(), app_->get_name())
                        : unknown);
  }
  check_no_empty_values(*app_);
  return {chosen_, ""};
}

}  // namespace wukong::command_line

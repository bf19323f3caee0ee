#include "bench/commands/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/secrets.h"

namespace wukong::commands {

namespace {

std::string in_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

ExitCode report_error(const std::string& message, ExitCode code) {
  // Whatever a message quotes, a key among it, may be a store's address.
  fmt::print(stderr, "wukong: error: {}\n", in_one_line(without_secrets(message)));
  return code;
}

void report_warnings(std::span<const std::string> messages) {
  for (const std::string& message : messages)
    fmt::print(stderr, "wukong: warning: {}\n", in_one_line(message));
}

namespace {

// The first word where a command should stand and none has that name; with what may have been
// meant.
std::string unknown_command(const CLI::App& program, int argc, char** argv) {
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

}  // namespace

int run_action(CLI::App& program, const Action& action, int argc, char** argv) {
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help and --version
    return program.exit(success);
  } catch (const CLI::ParseError& error) {
    if (const std::string unknown = unknown_command(program, argc, argv); !unknown.empty())
      return report_error(unknown, kBadInput);
    return report_error(fmt::format("{} (see wukong --help)", error.what()), kBadInput);
  }
  return action();
}

int run_guarded(const std::function<int()>& body) {
  try {
    return body();
  } catch (const Error& error) {
    return report_error(error.what(), kBadInput);
  } catch (const std::bad_alloc&) {
    return report_error("not enough memory", kBadInput);
  } catch (const std::exception& error) {
    return report_error(std::string("unexpected: ") + error.what(), kBug);
  }
}

}  // namespace wukong::commands

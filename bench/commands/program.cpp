#include "bench/commands/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <new>
#include <sstream>
#include <system_error>
#include <vector>

#include "bench/files/output_file.h"
#include "bench/files/text_file.h"
#include "bench/text/tell.h"
#include "bench/text/utf8.h"
#include "sim/base/error.h"
#include "sim/base/secrets.h"

namespace wukong::commands {

namespace {

// Of a line that quotes what may be endless.
constexpr size_t kLongestLine = 2000;

// Of a word, which then is a quotation.
constexpr size_t kLongestWord = 200;

std::string in_one_line(const std::string& text) {
  std::string line;
  for (size_t begin = 0; begin < text.size() && line.size() < kLongestLine;) {
    const size_t end = std::min(text.find(' ', begin), text.size() - 1) + 1;
    line += shortened(text.substr(begin, end - begin), kLongestWord);
    begin = end;
  }
  return text::visible(shortened(line, kLongestLine), text::LineBreaks::shown);
}

}  // namespace

void print(const std::string& text) {
  files::write_text_file("-", text::visible(text, text::LineBreaks::kept));
}

ExitCode report_error(const std::string& message, ExitCode code) {
  // Whatever a message quotes, a key among it, may be a store's address.
  text::tell("wukong: error: {}\n", in_one_line(without_secrets(message)));
  return code;
}

void report_warnings(std::span<const std::string> messages) {
  for (const std::string& message : messages)
    text::tell("wukong: warning: {}\n", in_one_line(message));
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

// `--shard ""` is what a script gives whose variable is not set. Taken for no flag at all, it would
// do other work than was asked for.
void check_no_empty_values(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options())
    for (const std::string& value : option->results())
      if (value.empty()) throw Error({option->get_name(), 0, ""}, "a value", "an empty text");
  for (const CLI::App* next : command.get_subcommands()) check_no_empty_values(*next);
}

}  // namespace

int run_action(CLI::App& program, const Action& action, int argc, char** argv) {
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help and --version
    std::ostringstream text;
    const int code = program.exit(success, text, text);
    print(text.str());
    return code;
  } catch (const CLI::ParseError& error) {
    if (const std::string unknown = unknown_command(program, argc, argv); !unknown.empty())
      return report_error(unknown, kBadInput);
    check_no_empty_values(program);  // whatever a parser of numbers says of them
    return report_error(fmt::format("{} (see wukong --help)", error.what()), kBadInput);
  }
  check_no_empty_values(program);
  return action();
}

namespace {

int run_reported(const std::function<int()>& body) {
  try {
    return body();
  } catch (const files::WriteError& error) {
    return error.reader_gone() ? kReaderGone : report_error(error.what(), kNotWritten);
  } catch (const Error& error) {
    return report_error(error.what(), kBadInput);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::system_error& error) {  // a thread that does not start
    return report_error(std::string("the system has nothing left: ") + error.what(), kNothingLeft);
  } catch (const std::exception& error) {
    return report_error(std::string("unexpected: ") + error.what(), kBug);
  }
}

}  // namespace

// Memory may be short for a report, too, so that of the shortage needs none.
int run_guarded(const std::function<int()>& body) {
  try {
    return run_reported(body);
  } catch (const std::bad_alloc&) {
    text::tell_text("wukong: error: not enough memory\n");
    return kNothingLeft;
  }
}

}  // namespace wukong::commands

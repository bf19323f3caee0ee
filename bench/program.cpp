#include "bench/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>

#include "sim/base/error.h"

namespace wukong::bench {

namespace {

std::string in_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

ExitCode report_error(const std::string& message, ExitCode code) {
  fmt::print(stderr, "wukong: error: {}\n", in_one_line(message));
  return code;
}

void report_warnings(std::span<const std::string> messages) {
  for (const std::string& message : messages)
    fmt::print(stderr, "wukong: warning: {}\n", in_one_line(message));
}

int run_action(CLI::App& program, const Action& action, int argc, char** argv) {
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help and --version
    return program.exit(success);
  } catch (const CLI::ParseError& error) {
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

}  // namespace wukong::bench

// The program `wukong`. Every error ends here: one line on stderr, and an exit code.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

#include "bench/check/command_check.h"
#include "bench/command.h"
#include "bench/results/command_results.h"
#include "bench/sweep/command_sweep.h"
#include "bench/version.h"
#include "sim/base/error.h"

namespace wukong::bench {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 success; 1 a run of the modelled system failed, or a check found a change;\n"
    "2 bad input (one line on stderr says which); 3 a check's baseline lacks a run; 4 a run ended\n"
    "in a deadlock; 70 a bug of this program; 130 stopped by Ctrl-C.\n\n"
    "Examples:\n"
    "  wukong compare configs/quickstart.yaml\n"
    "  wukong run configs/quickstart.yaml --set workload.tsqr.rows=1048576 --json result.json\n"
    "  wukong sweep configs/sweep.yaml --results study.db\n"
    "  wukong results show --results study.db\n"
    "  wukong dag info --workload '{tsqr: {rows: 4194304, columns: 128}}'\n"
    "  wukong presets aws-2020\n"
    "  wukong reproduce socc20-14\n\n"
    "`wukong COMMAND --help` says more.";

// What comes from outside may hold line breaks and control characters; the message is one line.
ExitCode report_error(const std::string& message, ExitCode code) {
  std::string line = message;
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  fmt::print(stderr, "wukong: error: {}\n", line);
  return code;
}

int run_program(int argc, char** argv) {
  CLI::App program("Simulates schedulers of DAGs on serverless platforms.", "wukong");
  program.set_version_flag("--version",
                           fmt::format("wukong {} ({})", program_version(), program_commit()));
  program.require_subcommand(1);
  program.footer(kFooter);
  Action action;
  add_run_command(program, action);
  add_compare_command(program, action);
  add_sweep_command(program, action, run_sweep);
  add_results_command(program, action);
  add_check_command(program, action);
  add_dag_command(program, action);
  add_presets_command(program, action);
  add_reproduce_command(program, action);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help and --version
    return program.exit(success);
  } catch (const CLI::ParseError& error) {
    return report_error(fmt::format("{} (see wukong --help)", error.what()), kBadInput);
  }
  return action();
}

}  // namespace
}  // namespace wukong::bench

int main(int argc, char** argv) {
  using wukong::bench::report_error;
  try {
    return wukong::bench::run_program(argc, argv);
  } catch (const wukong::Error& error) {
    return report_error(error.what(), wukong::bench::kBadInput);
  } catch (const std::bad_alloc&) {
    return report_error("not enough memory", wukong::bench::kBadInput);
  } catch (const std::exception& error) {
    return report_error(std::string("unexpected: ") + error.what(), wukong::bench::kBug);
  }
}

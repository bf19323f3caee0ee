// The program `wukong`.
#include <fmt/format.h>

#include "bench/command_line/program.h"
#include "bench/commands/program.h"
#include "bench/program/all_commands.h"
#include "bench/sweep_runner/mpi_launch.h"
#include "bench/text/output_width.h"
#include "bench/text/tell.h"
#include "bench/text/version.h"

namespace wukong::program {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 success; 1 a run of the modelled system failed or was refused, or a check\n"
    "found a change; 2 bad input (one line on stderr says which); 3 a check's baseline lacks a\n"
    "run; 4 a run ended in a deadlock; 70 a bug of this program; 71 the system has no more\n"
    "memory, threads or the like; 74 a result could not be written; 128 + n ended by signal n\n"
    "(Ctrl-C: 130); 141 nobody reads the standard output any more, as in `| head`.\n\n"
    "Examples:\n"
    "  wukong compare configs/quickstart.yaml\n"
    "  wukong run configs/quickstart.yaml --set workload.tsqr.rows=1048576\n"
    "  wukong sweep configs/sweep.yaml --results study.db\n"
    "  wukong results show --results study.db\n"
    "  wukong emulate configs/emulate/tsqr.yaml\n"
    "  wukong dag info --workload '{tsqr: {rows: 4194304, columns: 128}}'\n"
    "  wukong presets aws-2020\n"
    "  wukong workloads tsqr\n"
    "  wukong reproduce socc20-14\n\n"
    "`wukong COMMAND --help` says more.";

int run_program(int argc, char** argv) {
  sweep_runner::become_mpi_program(argc, argv);
  command_line::Program program(
      "wukong", "Simulates and emulates schedulers of DAGs on serverless platforms.");
  program.fit_help(text::output_width());
  program.version(fmt::format("wukong {} ({})", text::program_version(), text::program_commit()));
  command_line::Command root = program.root();
  root.footer(kFooter);
  add_all_commands(root);
  return commands::run_command(program, argc, argv);
}

}  // namespace
}  // namespace wukong::program

int main(int argc, char** argv) {
  wukong::text::guard_standard_streams();
  return wukong::commands::run_guarded([&] { return wukong::program::run_program(argc, argv); });
}

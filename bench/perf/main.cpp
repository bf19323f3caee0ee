// wukong_perf: prints one line for each benchmark.
#include "bench/command_line/command.h"
#include "bench/command_line/program.h"
#include "bench/commands/program.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"

namespace wukong::perf {
namespace {

int measure(const HarnessOptions& options) {
  Harness harness(options);
  harness.print_header();
  benchmark_hold_model(harness);
  benchmark_coroutines(harness);
  benchmark_processes(harness);
  benchmark_network(harness);
  benchmark_tree_reduction(harness);
  benchmark_sweep(harness);
  benchmark_emulator(harness);
  return 0;
}

int run_program(int argc, char** argv) {
  command_line::Program program("wukong_perf",
                                "Micro-benchmarks of the simulator and the emulator");
  HarnessOptions options;
  command_line::Command root = program.root();
  root.value("--filter", options.filter, "Only the benchmarks whose name contains this");
  root.value("--repetitions", options.repetitions, "Runs of each, of which the median counts")
      .within(1, 1000);
  root.does([&options] { return measure(options); });
  return commands::run_command(program, argc, argv);
}

}  // namespace
}  // namespace wukong::perf

int main(int argc, char** argv) {
  return wukong::commands::run_guarded([&] { return wukong::perf::run_program(argc, argv); });
}

// wukong_perf: prints one line for each benchmark.
#include <CLI/CLI.hpp>

#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"

int main(int argument_count, char** arguments) {
  namespace bench = wukong::bench;
  CLI::App app("Micro-benchmarks of the simulator and the emulator");
  HarnessOptions options;
  app.add_option("--filter", options.filter, "Only the benchmarks whose name contains this");
  app.add_option("--repetitions", options.repetitions, "Runs of each, of which the median counts")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argument_count, arguments);

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

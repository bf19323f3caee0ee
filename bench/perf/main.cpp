// wukong_perf: prints one line for each benchmark.
#include <CLI/CLI.hpp>

#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"

int main(int argument_count, char** arguments) {
  namespace bench = wukong::bench;
  CLI::App app("Micro-benchmarks of the simulator and the emulator");
  bench::HarnessOptions options;
  app.add_option("--filter", options.filter, "Only the benchmarks whose name contains this");
  app.add_option("--repetitions", options.repetitions, "Runs of each, of which the median counts")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argument_count, arguments);

  bench::Harness harness(options);
  harness.print_header();
  bench::benchmark_hold_model(harness);
  bench::benchmark_coroutines(harness);
  bench::benchmark_processes(harness);
  bench::benchmark_network(harness);
  bench::benchmark_tree_reduction(harness);
  bench::benchmark_sweep(harness);
  bench::benchmark_emulator(harness);
  return 0;
}

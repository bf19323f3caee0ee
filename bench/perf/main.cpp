// wukong_perf: prints one line for each benchmark.
#include <CLI/CLI.hpp>

#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"

int main(int argument_count, char** arguments) {
  namespace perf = wukong::perf;
  CLI::App app("Micro-benchmarks of the simulator and the emulator");
  perf::HarnessOptions options;
  app.add_option("--filter", options.filter, "Only the benchmarks whose name contains this");
  app.add_option("--repetitions", options.repetitions, "Runs of each, of which the median counts")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argument_count, arguments);

  perf::Harness harness(options);
  harness.print_header();
  perf::benchmark_hold_model(harness);
  perf::benchmark_coroutines(harness);
  perf::benchmark_processes(harness);
  perf::benchmark_network(harness);
  perf::benchmark_tree_reduction(harness);
  perf::benchmark_sweep(harness);
  perf::benchmark_emulator(harness);
  return 0;
}

// wukong_perf: prints one line for each benchmark.
#include "bench/command_line/command.h"
#include "bench/command_line/program.h"
#include "bench/commands/program.h"
#include "bench/files/text_file.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/perf/polling_function.h"
#include "sim/base/error.h"

namespace wukong::perf {
namespace {

int measure(HarnessOptions options, const std::string& before, const std::string& json) {
  if (!before.empty()) options.before = read_measurements(before);
  files::check_can_be_written(json);
  Harness harness(options);
  harness.print_header();
  benchmark_hold_model(harness);
  benchmark_coroutines(harness);
  benchmark_processes(harness);
  benchmark_blocking(harness);
  benchmark_network(harness);
  benchmark_odd_dags(harness);
  benchmark_tree_reduction(harness);
  benchmark_invocation_load(harness);
  benchmark_sweep(harness);
  benchmark_emulator(harness);
  benchmark_http_front(harness);
  if (harness.measured().empty())
    throw Error({.key = "--filter"}, "a part of a benchmark's name", '"' + options.filter + '"');
  if (!json.empty()) files::write_text_file(json, text_of(harness.measured()));
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
  root.value("--patience", options.patience,
             "Seconds after which a benchmark that has run three times is not run again")
      .within_reals(0, 1e6);
  std::string before, json;
  root.value("--compare", before, "A file of an earlier --json: shows what has changed since");
  root.value("--json", json, "Writes what was measured to this file");
  root.does([&] { return measure(options, before, json); });
  return commands::run_command(program, argc, argv);
}

}  // namespace
}  // namespace wukong::perf

int main(int argc, char** argv) {
  if (wukong::perf::is_started_as_function()) {
    wukong::perf::poll_as_function();
    return 0;
  }
  return wukong::commands::run_guarded([&] { return wukong::perf::run_program(argc, argv); });
}

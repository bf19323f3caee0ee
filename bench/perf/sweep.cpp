// Sweeps: two threads beside one (wall time; at most 0.556 is 1.8 times as fast), and what keeping
// results costs on runs of about a millisecond, beside the same runs whose results are dropped
// (processor time of all threads; at most 1.03).
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "bench/parameter_yaml.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/sweep/point_runs.h"
#include "bench/sweep/sweep_runner.h"
#include "sim/base/check.h"

namespace wukong::bench {
namespace {

constexpr int kPoints = 100;

SweepPlan plan_of(const Catalog& catalog, int elements, int replicates) {
  const std::string text =
      "platform: aws-2020\nworkload: {tree_reduction: {elements: " + std::to_string(elements) +
      ", delay_ms: {from: 1, to: 100, step: 1}}}\n"
      "systems: [wukong]\nreplicates: " +
      std::to_string(replicates) + "\n";
  return make_sweep(parse_yaml(text, Origin{.name = "bench/perf"}), catalog);
}

SweepOutcome sweep(const SweepPlan& plan, const Catalog& catalog, unsigned threads) {
  std::string folder = (std::filesystem::temp_directory_path() / "wukong-perf-XXXXXX").string();
  ENSURE(::mkdtemp(folder.data()) != nullptr);
  const SweepOutcome outcome =
      run_sweep(plan, catalog, {folder + "/x.db", threads, {}, ProgressDisplay::Style::none});
  std::filesystem::remove_all(folder);
  ENSURE(outcome.progress.failed == 0 && outcome.progress.committed == plan.most_runs());
  return outcome;
}

double run_without_store(const SweepPlan& plan, const Catalog& catalog) {
  const Stopwatch stopwatch;
  for (int64_t point = 0; point < kPoints; ++point) {
    PointRuns runs(plan, catalog, static_cast<size_t>(point));
    for (int64_t replicate = 0; replicate < plan.rule.at_most; ++replicate)
      keep(runs.run({point, 0, replicate}));
  }
  return stopwatch.seconds();
}

}  // namespace

void benchmark_sweep(Harness& harness) {
  const Catalog catalog = program_catalog();
  const SweepPlan medium = plan_of(catalog, 4096, 1);
  harness.compare(
      "sweep of medium points: 2 threads, 1 thread", kPoints,
      [&] { return sweep(medium, catalog, 2).seconds; },
      [&] { return sweep(medium, catalog, 1).seconds; });
  const SweepPlan small = plan_of(catalog, 128, 20);
  harness.compare(
      "sweep of small points: kept, dropped", kPoints * 20,
      [&] {
        const Stopwatch stopwatch;
        sweep(small, catalog, 1);
        return stopwatch.seconds();
      },
      [&] { return run_without_store(small, catalog); });
}

}  // namespace wukong::bench

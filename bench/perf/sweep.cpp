// Sweeps. Two threads beside one, in wall time (at most 0.556 is 1.8 times as fast), and the same
// of bare loops, which say what the machine's second core gives: of arithmetic, of reads from
// memory, and of a sweep's runs without the sweep. Then what keeping results costs on runs of about
// a millisecond, beside the same runs whose results are dropped (processor time of all threads; at
// most 1.03).
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/sweep/point_runs.h"
#include "bench/sweep_runner/sweep_runner.h"
#include "sim/base/check.h"
#include "sim/base/hash.h"
#include "sim/base/random.h"

namespace wukong::perf {
namespace {

constexpr size_t kPoints = 25;

sweep::SweepPlan plan_of(const experiment::Catalog& catalog, int elements, int replicates) {
  const std::string text =
      "platform: aws-2020\nworkload: {tree_reduction: {elements: " + std::to_string(elements) +
      ", delay_ms: {from: 1, to: " + std::to_string(kPoints) +
      ", step: 1}}}\n"
      "systems: [wukong]\nreplicates: " +
      std::to_string(replicates) + "\n";
  return sweep::make_sweep(parameters::parse_yaml(text, parameters::Origin{.name = "bench/perf"}),
                           catalog);
}

sweep_runner::SweepOutcome sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                                 unsigned threads) {
  std::string folder = (std::filesystem::temp_directory_path() / "wukong-perf-XXXXXX").string();
  ENSURE(::mkdtemp(folder.data()) != nullptr);
  const sweep_runner::SweepOutcome outcome = sweep_runner::run_sweep(
      plan, catalog, {folder + "/x.db", threads, {}, sweep_runner::ProgressDisplay::Style::none});
  std::filesystem::remove_all(folder);
  ENSURE(outcome.progress.failed == 0 && outcome.progress.committed == plan.most_runs());
  return outcome;
}

// Wall time of 0 ... kPoints - 1, each once, in turn on each thread.
template <class Body>
double seconds_on_threads(size_t threads, const Body& body) {
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> workers;
    for (size_t worker = 0; worker < threads; ++worker)
      workers.emplace_back([&body, worker, threads] {
        for (size_t point = worker; point < kPoints; point += threads) body(point);
      });
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void run_point(const sweep::SweepPlan& plan, const experiment::Catalog& catalog, size_t point) {
  sweep::PointRuns runs(plan, catalog, point);
  for (int64_t replicate = 0; replicate < plan.rule.at_most; ++replicate)
    keep(runs.run({static_cast<int64_t>(point), 0, replicate}));
}

// In a thread, as a sweep does it: a thread allocates in another way than the first one.
double run_without_store(const sweep::SweepPlan& plan, const experiment::Catalog& catalog) {
  const Stopwatch stopwatch;
  keep(sweep::check_sweep(plan, catalog, 1));
  seconds_on_threads(1, [&](size_t point) { run_point(plan, catalog, point); });
  return stopwatch.seconds();
}

// About 10 ms without a byte of memory.
void compute(size_t point) {
  uint64_t state = point;
  for (int i = 0; i < 4'000'000; ++i) state = mix64(state);
  keep(state);
}

// About 10 ms of reads, each of which needs the one before, in memory of the thread's own that
// does not fit into the second cache.
void walk(size_t point) {
  std::vector<uint32_t> next(1 << 20);
  std::iota(next.begin(), next.end(), 0u);
  RandomStream random(point, "bench walk");
  for (size_t i = next.size() - 1; i > 0; --i) std::swap(next[i], next[random.below(i)]);
  uint32_t at = 0;
  for (size_t i = 0; i < next.size() / 4; ++i) at = next[at];
  keep(at);
}

template <class Body>
void compare_threads(Harness& harness, const char* name, const Body& body) {
  harness.compare(
      name, kPoints, [&] { return seconds_on_threads(2, body); },
      [&] { return seconds_on_threads(1, body); });
}

}  // namespace

void benchmark_sweep(Harness& harness) {
  compare_threads(harness, "bare arithmetic: 2 threads, 1 thread", compute);
  compare_threads(harness, "bare reads from memory: 2 threads, 1 thread", walk);
  const experiment::Catalog catalog = experiment::program_catalog();
  const sweep::SweepPlan medium = plan_of(catalog, 4096, 5);
  harness.compare(
      "sweep of medium points: 2 threads, 1 thread", kPoints,
      [&] { return sweep(medium, catalog, 2).seconds; },
      [&] { return sweep(medium, catalog, 1).seconds; });
  compare_threads(harness, "its runs without the sweep: 2 threads, 1 thread",
                  [&](size_t point) { run_point(medium, catalog, point); });
  const sweep::SweepPlan small = plan_of(catalog, 512, 20);
  harness.compare(
      "sweep of runs of 1 ms: kept, dropped", kPoints * 20,
      [&] {
        const Stopwatch stopwatch;
        sweep(small, catalog, 1);
        return stopwatch.seconds();
      },
      [&] { return run_without_store(small, catalog); });
}

}  // namespace wukong::perf

// A tree reduction of 2^20 elements under Wukong, with every model of the platform: time and memory
// for each task, beside a bare coroutine loop of the same protocol without any platform.
#include <fmt/format.h>

#include "bench/experiment/preset_setup.h"
#include "bench/perf/bare_loop.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/perf/memory_meter.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "sim/base/check.h"
#include "workloads/generators/tree_reduction.h"

namespace wukong::perf {
namespace {

constexpr int64_t kElements = int64_t{1} << 20;

struct Setup {
  platform::PlatformSpec platform = experiment::preset_platform(
      "{preset: aws-2020, functions: {account_concurrency: 1000000, scaling: {burst: 1000000}}}");
  experiment::SystemSetup system = experiment::preset_system("wukong");
};

double simulate(const Setup& setup, double& bytes_per_task) {
  const MemoryMeter meter;
  const Stopwatch stopwatch;
  generators::TreeReductionParameters parameters;
  parameters.elements = kElements;
  const dag::Dag dag = generators::make_tree_reduction(parameters);
  const run::RunResult result = simulation::run_once(setup.platform, setup.system, "tree_reduction",
                                                     dag, simulation::RunOptions());
  const double seconds = stopwatch.seconds();
  ENSURE(result.completed && result.executed == dag.task_count(), result.failure);
  bytes_per_task = meter.peak() / static_cast<double>(dag.task_count());
  return seconds;
}

// The protocol and nothing else: leaves start one after another; an executor runs its task, looks
// at the counter of the next one, stores, increments, and goes on if it is the last.
struct BareTree {
  BareLoop<BinaryHeap> loop;
  std::vector<uint8_t> arrived = std::vector<uint8_t>(kElements);  // of the inner node in a heap
  uint64_t executed = 0;
};

BareCoroutine bare_executor(BareTree& tree, uint64_t node, int64_t start) {
  constexpr int64_t kExecute = 2'000'000, kRequest = 610'000;
  co_await tree.loop.sleep(start);
  while (true) {
    co_await tree.loop.sleep(kExecute);
    ++tree.executed;
    if (node == 1) co_return;
    node /= 2;
    co_await tree.loop.sleep(kRequest);  // read the counter
    if (tree.arrived[node] == 1) continue;
    co_await tree.loop.sleep(kRequest);  // store
    co_await tree.loop.sleep(kRequest);  // increment
    if (++tree.arrived[node] != 2) co_return;
  }
}

double bare_tree() {
  const Stopwatch stopwatch;
  BareTree tree;
  constexpr uint64_t kLeaves = kElements / 2;
  for (uint64_t leaf = 0; leaf < kLeaves; ++leaf)
    bare_executor(tree, kLeaves + leaf, static_cast<int64_t>(leaf) * 60'000);
  tree.loop.run();
  const double seconds = stopwatch.seconds();
  ENSURE(tree.executed == kElements - 1, tree.executed);
  return seconds;
}

}  // namespace

void benchmark_tree_reduction(Harness& harness) {
  const Setup setup;
  double bytes_per_task = 0;
  const auto program = [&] { return simulate(setup, bytes_per_task); };
  harness.compare("tree reduction of 2^20 under Wukong, per task", kElements - 1, program,
                  bare_tree);
  if (bytes_per_task > 0)
    fmt::print("  peak memory: {:.0f} bytes per task, the DAG included\n", bytes_per_task);
}

}  // namespace wukong::perf

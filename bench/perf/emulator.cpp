// The emulator's own cost: wall time for each task that does nothing, in this process; and the
// memory of idle containers.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/simulation/emulate.h"
#include "bench/simulation/run.h"
#include "runtime/containers/fiber_pool.h"
#include "sim/base/check.h"

namespace wukong::perf {
namespace {

constexpr uint64_t kEmulatedElements = 1 << 14;
constexpr int kContainers = 10'000;

// Wall time: several threads take part.
double empty_tasks(const experiment::Experiment& experiment, const dag::Dag& dag,
                   const computations::Computation& computation) {
  const auto start = std::chrono::steady_clock::now();
  const simulation::EmulatedRun run = simulation::emulate_once(
      experiment.platform, experiment.emulation,
      simulation::job_of(experiment.systems[0], "tree_reduction", dag), computation, {});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  ENSURE(run.result.completed && run.result.executed == dag.task_count(), run.result.failure);
  return taken.count();
}

int64_t resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6)) * 1024;
  return 0;
}

// Each runs one empty body, and is idle then.
double start_containers(int64_t& resident) {
  containers::FiberPool pool(2);
  const int64_t before = resident_bytes();
  const auto start = std::chrono::steady_clock::now();
  std::atomic<int> ran = 0;
  for (int i = 0; i < kContainers; ++i)
    pool.make_container().submit([&](containers::Container&) { ++ran; });
  while (ran < kContainers) std::this_thread::sleep_for(std::chrono::microseconds(100));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  resident = resident_bytes() - before;
  return taken.count();
}

}  // namespace

void benchmark_emulator(Harness& harness) {
  // Modelled delays take little at this speed (50 us for an invocation), and the time limit of 900
  // s is still 0.9 s.
  const std::string text =
      "platform: {preset: local, functions: {account_concurrency: 100000}}\n"
      "workload: {tree_reduction: {elements: " +
      std::to_string(kEmulatedElements) +
      "}}\n"
      "systems: [wukong]\nemulation: {speed: 1000}\n";
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml(text, parameters::Origin{.name = "bench/perf"}),
      experiment::program_catalog());
  const dag::Dag dag = experiment.workload.make_dag(dag::DagForm::dask);
  const auto computation =
      experiment.workload.make_computation(dag, dag::DagForm::dask, /*data_seed=*/1);
  harness.measure("empty task emulated under Wukong, wall time", kEmulatedElements - 1,
                  [&] { return empty_tasks(experiment, dag, *computation); });
  int64_t resident = 0;
  harness.measure("cold start of a container, wall time", kContainers,
                  [&] { return start_containers(resident); });
  if (resident > 0)
    fmt::print("  {} idle containers: {:.0f} MB resident\n", kContainers,
               static_cast<double>(resident) * 1e-6);
}

}  // namespace wukong::perf

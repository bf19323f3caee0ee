// Runs systems for real: the same schedulers and the same function service as in a simulation, in
// real time, with real kernels and real objects. One run after another; each has the machine to
// itself.
#pragma once

#include <optional>
#include <vector>

#include "bench/run/run_result.h"
#include "bench/simulation/run_options.h"
#include "bench/simulation/watch.h"
#include "runtime/loop/measurements.h"

namespace wukong::computations {
class Computation;
}  // namespace wukong::computations

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::loop {
struct EmulationSpec;
}  // namespace wukong::loop

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct Job;
}  // namespace wukong::run

namespace wukong::simulation {

struct EmulatedRun {
  run::RunResult result;
  loop::Measurements measurements;
  std::optional<int> signal;  // that ended it
};

// Throws LimitError if the system cannot run the DAG, Error if its options are wrong or a store
// does not answer.
// Of the options, an emulation takes no faults and no checks.
EmulatedRun emulate_once(const platform::PlatformSpec& platform,
                         const loop::EmulationSpec& emulation, const run::Job& job,
                         const computations::Computation& computation, const RunOptions& options);

// Every system with seeds seed, seed + 1, ...; by system, then by seed. After an interrupted run
// the others have failed too: they were not begun. A system that cannot run the workload is refused
// as in run_experiment.
std::vector<EmulatedRun> emulate_experiment(const experiment::Experiment& experiment,
                                            const Watches& watches = {});

// Threads that run its tasks.
int64_t worker_threads(const experiment::Experiment& experiment);

// An emulated run, and what a simulation says of it that knows how long its tasks and its store
// operations took.
struct Prediction {
  EmulatedRun measured;
  run::RunResult predicted;
};
std::vector<Prediction> validate_experiment(const experiment::Experiment& experiment);

}  // namespace wukong::simulation

#include "bench/emulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "bench/feasibility.h"
#include "bench/live_view.h"
#include "bench/task_commands.h"
#include "runtime/emulated_backend.h"
#include "runtime/measured_backend.h"

namespace wukong::bench {
namespace {

// A task that failed is why a run did not complete, or took longer.
void explain_failure(const runtime::Measurements& measurements, RunResult& result) {
  if (result.completed || measurements.failed_tasks == 0) return;
  result.failure +=
      fmt::format("; {} task{} failed, the first one: {}", measurements.failed_tasks,
                  measurements.failed_tasks == 1 ? "" : "s", measurements.first_failure);
}

void verify(runtime::EmulatedBackend& backend, RunResult& result) {
  try {
    result.verification = backend.verify();
  } catch (const std::exception& error) {
    result.completed = false;
    result.failure = fmt::format("its results cannot be verified: {}", error.what());
    return;
  }
  if (result.verification->passed) return;
  result.completed = false;
  result.failure = fmt::format("its results are wrong: {} is {:.3g}", result.verification->what,
                               result.verification->residual);
}

}  // namespace

EmulatedRun emulate_once(const Experiment& experiment, const SystemSetup& setup,
                         const workloads::Dag& dag, const workloads::Computation& computation,
                         uint64_t seed, RunListener* listener) {
  EmulatedRun run;
  std::chrono::nanoseconds loop{};
  run.result = begin_result(setup, experiment.workload.name(), dag, seed);
  runtime::WallClock clock(experiment.emulation.speed);
  clock.end_on_signals();
  sim::Engine engine(clock);
  runtime::EmulatedBackend backend(engine, clock, experiment.emulation, dag, computation, seed);
  engine.watch(listener);
  sim::Platform platform(engine, experiment.platform, seed, backend);
  if (listener != nullptr) listener->start(platform, dag);
  {
    const std::unique_ptr<scheduler::System> system =
        setup.policy->make_system(platform, dag, *setup.options);
    const LiveView view(clock, platform, setup.label, dag);
    clock.start();
    run_to_end(engine, platform, setup, *system, dag, experiment.horizon, run.result);
    loop = clock.busy();
  }
  if (listener != nullptr) listener->finish(engine.now(), run.result);
  engine.watch(nullptr);
  if (run.result.completed) verify(backend, run.result);
  run.interrupted = clock.interrupted();
  run.measurements = backend.measurements();
  run.measurements.lateness = clock.lateness();
  if (run.result.executed > 0)
    run.measurements.loop = loop / static_cast<int64_t>(run.result.executed);
  explain_failure(run.measurements, run.result);
  return run;
}

int64_t worker_threads(const Experiment& experiment) {
  return experiment.emulation.workers.value_or(
      std::max<int64_t>(1, std::thread::hardware_concurrency()));
}

namespace {

RunResult predict(const Experiment& experiment, const SystemSetup& setup, const workloads::Dag& dag,
                  const EmulatedRun& run) {
  RunResult result = begin_result(setup, experiment.workload.name(), dag, run.result.seed);
  sim::VirtualClock clock;
  sim::Engine engine(clock);
  runtime::MeasuredBackend backend(engine, experiment.emulation, worker_threads(experiment), dag,
                                   run.measurements);
  sim::Platform platform(engine, experiment.platform, run.result.seed, backend);
  const std::unique_ptr<scheduler::System> system =
      setup.policy->make_system(platform, dag, *setup.options);
  run_to_end(engine, platform, setup, *system, dag, experiment.horizon, result);
  return result;
}

// An Error about a store is placed where the store was written.
EmulatedRun emulate_placed(const Experiment& experiment, const SystemSetup& system,
                           const workloads::Dag& dag, const workloads::Computation& computation,
                           uint64_t seed, RunListener* listener) {
  try {
    return emulate_once(experiment, system, dag, computation, seed, listener);
  } catch (const Error& error) {
    throw placed(experiment, error);
  }
}

void refuse_what_is_simulated(const Experiment& experiment) {
  if (experiment.faults.empty() && !experiment.check) return;
  throw Error({"", 0, experiment.check ? "check" : "faults"},
              "an emulation has neither injected faults nor checked invariants; `wukong run` does");
}

// Calls visit(system, dag, run) after each run. After an interrupted one the others have failed,
// too.
template <class Visit>
void emulate_each(const Experiment& experiment, const Watch& watch, const Visit& visit) {
  refuse_what_is_simulated(experiment);
  bool interrupted = false;
  size_t index = 0;
  const size_t watched = watch.system * static_cast<size_t>(experiment.replicates);
  for (const SystemSetup& system : experiment.systems) {
    const workloads::DagForm form = system.policy->form;
    const workloads::Dag dag = experiment.workload.make_dag(form);
    check_feasible(experiment, system, dag);
    for (int64_t i = 0; i < experiment.replicates; ++i) {
      const uint64_t seed = experiment.seed + static_cast<uint64_t>(i);
      RunListener* const listener = index++ == watched ? watch.listener : nullptr;
      EmulatedRun run;
      if (interrupted) {
        run.result = begin_result(system, experiment.workload.name(), dag, seed);
        run.result.failure = "not begun: interrupted";
      } else {
        const auto computation = make_computation(experiment, dag, form, seed);
        run = emulate_placed(experiment, system, dag, *computation, seed, listener);
        interrupted = run.interrupted;
      }
      visit(system, dag, std::move(run));
    }
  }
}

}  // namespace

std::vector<EmulatedRun> emulate_experiment(const Experiment& experiment, const Watch& watch) {
  std::vector<EmulatedRun> runs;
  emulate_each(experiment, watch, [&](const SystemSetup&, const workloads::Dag&, EmulatedRun run) {
    runs.push_back(std::move(run));
  });
  return runs;
}

std::vector<Prediction> validate_experiment(const Experiment& experiment) {
  std::vector<Prediction> predictions;
  emulate_each(experiment, {},
               [&](const SystemSetup& system, const workloads::Dag& dag, EmulatedRun run) {
                 Prediction prediction;
                 prediction.predicted = predict(experiment, system, dag, run);
                 prediction.measured = std::move(run);
                 predictions.push_back(std::move(prediction));
               });
  return predictions;
}

}  // namespace wukong::bench

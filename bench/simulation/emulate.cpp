#include "bench/simulation/emulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "bench/experiment/task_commands.h"
#include "bench/simulation/live_view.h"
#include "bench/simulation/system_dags.h"
#include "runtime/emulation/emulated_backend.h"
#include "runtime/emulation/measured_backend.h"
#include "sim/base/check.h"

namespace wukong::simulation {
namespace {

// A task that failed is why a run did not complete, or took longer.
void explain_failure(const loop::Measurements& measurements, run::RunResult& result) {
  const FailureCauses& failures = measurements.failures;
  if (result.completed || failures.count() == 0) return;
  const size_t tasks = measurements.failed_tasks.size();
  if (tasks == 1 && failures.count() == 1)
    result.failure += "; 1 task failed: " + failures.text();
  else
    result.failure += fmt::format("; {} task{} failed, in {} attempts: {}", tasks,
                                  tasks == 1 ? "" : "s", failures.count(), failures.text());
}

void verify(emulation::EmulatedBackend& backend, run::RunResult& result) {
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

EmulatedRun emulate_once(const platform::PlatformSpec& platform,
                         const loop::EmulationSpec& emulation, const run::Job& job,
                         const computations::Computation& computation, const RunOptions& options) {
  ENSURE(!options.check && (options.faults == nullptr || options.faults->empty()));
  EmulatedRun run;
  loop::WallClock clock(emulation.speed);
  clock.end_on_signals();
  emulation::EmulatedBackend* backend = nullptr;
  const auto make_services = [&](engine::Engine& engine) {
    auto made = std::make_unique<emulation::EmulatedBackend>(engine, clock, emulation, *job.dag,
                                                             computation, options.seed);
    backend = made.get();
    return made;
  };
  Simulation simulation(platform, options, {.clock = &clock, .make_services = make_services});
  simulation.start(job);
  {
    const LiveView view(clock, simulation.platform(), job.system, *job.dag);
    clock.start();
    run.result = simulation.run();
  }
  const std::chrono::nanoseconds loop = clock.busy();
  if (run.result.completed) verify(*backend, run.result);
  run.interrupted = clock.interrupted();
  run.measurements = backend->measurements();
  run.measurements.lateness = clock.lateness();
  if (run.result.executed > 0)
    run.measurements.loop = loop / static_cast<int64_t>(run.result.executed);
  explain_failure(run.measurements, run.result);
  return run;
}

int64_t worker_threads(const experiment::Experiment& experiment) {
  return experiment.emulation.workers.value_or(
      std::max<int64_t>(1, std::thread::hardware_concurrency()));
}

namespace {

run::RunResult predict(const experiment::Experiment& experiment, const run::Job& job,
                       const EmulatedRun& run) {
  const auto make_services = [&](engine::Engine& engine) {
    return std::make_unique<emulation::MeasuredBackend>(
        engine, experiment.emulation, worker_threads(experiment), *job.dag, run.measurements);
  };
  Simulation simulation(experiment.platform,
                        {.seed = run.result.seed, .horizon = experiment.horizon},
                        {.make_services = make_services});
  simulation.start(job);
  return simulation.run();
}

// An Error about a store is placed where the store was written.
EmulatedRun emulate_placed(const experiment::Experiment& experiment, const run::Job& job,
                           const computations::Computation& computation,
                           const RunOptions& options) {
  try {
    return emulate_once(experiment.platform, experiment.emulation, job, computation, options);
  } catch (const LimitError&) {
    throw;  // a refusal, which is placed with the others
  } catch (const Error& error) {
    throw experiment::placed(experiment, error);
  }
}

void refuse_what_is_simulated(const experiment::Experiment& experiment) {
  if (experiment.faults.empty() && !experiment.check) return;
  throw Error({"", 0, experiment.check ? "check" : "faults"},
              "an emulation has neither injected faults nor checked invariants; `wukong run` does");
}

// Calls visit(job, run) after each run. After an interrupted one the others have failed, too.
template <class Visit>
void emulate_each(const experiment::Experiment& experiment, const Watches& watches,
                  const Visit& visit) {
  refuse_what_is_simulated(experiment);
  const SystemDags dags(experiment);
  bool interrupted = false;
  std::vector<std::optional<Error>> refusals;
  const auto replicates = static_cast<size_t>(experiment.replicates);
  for (size_t i = 0; i < experiment.systems.size() * replicates; ++i) {
    const size_t system = i / replicates;
    const experiment::SystemSetup& setup = experiment.systems[system];
    const Watch watch = watch_of(watches, i, replicates);
    const RunOptions options{.seed = experiment.seed + i % replicates,
                             .horizon = experiment.horizon,
                             .listener = watch.listener,
                             .wakes = watch.wakes};
    const run::Job job = dags.job(system);
    EmulatedRun run;
    std::optional<Error> refusal = dags.refusal(system);
    if (interrupted && !refusal) {
      run.result = run::begin_result(job, options.seed);
      run.result.failure = "not begun: interrupted";
    } else if (!refusal) {
      const auto computation =
          experiment::make_computation(experiment, *job.dag, setup.policy->form, options.seed);
      try {
        run = emulate_placed(experiment, job, *computation, options);
      } catch (const LimitError& limit) {
        refusal = limit;
      }
      interrupted = run.interrupted;
    }
    if (refusal) run.result = dags.refused_run(system, options.seed, *refusal);
    refusals.push_back(refusal);
    visit(job, std::move(run));
  }
  throw_if_all(refusals);
}

}  // namespace

std::vector<EmulatedRun> emulate_experiment(const experiment::Experiment& experiment,
                                            const Watches& watches) {
  std::vector<EmulatedRun> runs;
  emulate_each(experiment, watches,
               [&](const run::Job&, EmulatedRun run) { runs.push_back(std::move(run)); });
  return runs;
}

std::vector<Prediction> validate_experiment(const experiment::Experiment& experiment) {
  std::vector<Prediction> predictions;
  emulate_each(experiment, {}, [&](const run::Job& job, EmulatedRun run) {
    Prediction prediction;
    const bool refused = !run.result.refusal.empty();
    prediction.predicted = refused ? run.result : predict(experiment, job, run);
    prediction.measured = std::move(run);
    predictions.push_back(std::move(prediction));
  });
  return predictions;
}

}  // namespace wukong::simulation

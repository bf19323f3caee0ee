#include "bench/simulation/emulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "bench/experiment/experiment.h"
#include "bench/experiment/task_commands.h"
#include "bench/invariants/emulated_makespan.h"
#include "bench/simulation/failure.h"
#include "bench/simulation/live_view.h"
#include "bench/simulation/simulation.h"
#include "bench/simulation/system_dags.h"
#include "runtime/emulation/emulated_backend.h"
#include "runtime/emulation/measured_backend.h"
#include "scheduler/policy/policy.h"
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

// Lateness that is worth a warning, as a share of the run; assumptions. A loop that keeps up is
// late by the microseconds of its wake-ups, and for once by what another program takes of a core.
constexpr double kMuchOnAverage = 0.01;
constexpr double kMuchAtMost = 0.1;

void note_lag(const loop::LoopLag& lag, run::RunResult& result) {
  result.lag = run::Lag{lag.furthest, lag.mean};
  const double run = result.makespan.to_seconds();
  const bool kept_up = lag.mean.to_seconds() <= kMuchOnAverage * run &&
                       lag.furthest.to_seconds() <= kMuchAtMost * run;
  if (kept_up || !result.completed) return;
  result.warnings.push_back(fmt::format(
      "{}, seed {}: the emulation could not keep up with the wall clock: events came up to {:.3g} "
      "s late, {:.3g} s on average; so modelled delays were longer (a lower emulation.speed, or "
      "fewer workers that poll, gives it time)",
      result.system, result.seed, lag.furthest.to_seconds(), lag.mean.to_seconds()));
}

// In the run's time, rounded down.
Duration in_run_time(std::chrono::nanoseconds wall, double speed) {
  return Duration::nanoseconds(static_cast<int64_t>(static_cast<double>(wall.count()) * speed));
}

void check_makespan(const dag::Dag& dag, const loop::Measurements& measurements,
                    const loop::WallClock& clock, run::RunResult& result) {
  std::vector<Duration> times(dag.task_count());
  for (const auto& [task, time] : measurements.task_times)
    times[task.index()] = in_run_time(time, clock.speed());
  add_violations(invariants::check_emulated_makespan(dag, times, result), result);
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
  const auto notify = [](const std::string& line) { print_above_live_view(line); };
  const auto make_services = [&](engine::Engine& engine) {
    auto made = std::make_unique<emulation::EmulatedBackend>(engine, clock, emulation, *job.dag,
                                                             computation, options.seed, notify);
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
  note_lag(clock.lag(), run.result);
  check_makespan(*job.dag, backend->measurements(), clock, run.result);
  if (run.result.completed) verify(*backend, run.result);
  run.signal = clock.ended_by();
  run.measurements = backend->measurements();
  run.measurements.lateness = clock.lateness();
  if (run.result.executed > 0)
    run.measurements.loop = loop / static_cast<int64_t>(run.result.executed);
  explain_failure(run.measurements, run.result);
  const std::string outages = backend->outages();
  if (!run.result.completed && !outages.empty())
    run.result.failure = outages + "; " + run.result.failure;
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
  experiment::require_one_dag(experiment, "an emulation");
  const SystemDags dags(experiment);
  std::optional<int> signal;
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
    if (signal && !refusal) {
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
      signal = run.signal;
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

#include "bench/simulation/run.h"

#include <optional>

#include "bench/experiment/experiment.h"
#include "bench/simulation/parallel_for.h"
#include "bench/simulation/simulation.h"
#include "bench/simulation/system_dags.h"

namespace wukong::simulation {

run::Job job_of(const experiment::SystemSetup& system, const std::string& workload,
                const dag::Dag& dag) {
  return {.system = system.label,
          .policy = system.policy,
          .options = system.options.get(),
          .workload = workload,
          .dag = &dag};
}

run::RunResult run_once(const platform::PlatformSpec& platform,
                        const experiment::SystemSetup& system, const std::string& workload,
                        const dag::Dag& dag, const RunOptions& options) {
  Simulation simulation(platform, options);
  simulation.start(job_of(system, workload, dag));
  return simulation.run();
}

Watch watch_of(const Watches& watches, size_t run, size_t replicates) {
  for (const Watch& watch : watches)
    if (watch.system * replicates == run) return watch;
  return {};
}

std::vector<run::RunResult> run_experiment(const experiment::Experiment& experiment,
                                           unsigned threads, const Watches& watches) {
  const SystemDags dags(experiment);
  const auto replicates = static_cast<size_t>(experiment.replicates);
  const size_t runs = experiment.systems.size() * replicates;
  std::vector<run::RunResult> results(runs);
  std::vector<std::optional<Error>> refusals(runs);
  parallel_for(runs, threads, [&](size_t i) {
    const size_t system = i / replicates;
    const Watch watch = watch_of(watches, i, replicates);
    const RunOptions options{.seed = experiment.seed + i % replicates,
                             .horizon = experiment.horizon,
                             .faults = &experiment.faults,
                             .check = experiment.check,
                             .sink = watch.records,
                             .listener = watch.listener,
                             .wakes = watch.wakes};
    refusals[i] = dags.refusal(system);
    if (!refusals[i]) {
      try {
        results[i] = dags.workload(system).run(experiment.systems[system], options);
      } catch (const LimitError& limit) {
        refusals[i] = limit;
      } catch (const Error& error) {
        throw experiment::placed(experiment, experiment.systems[system], error);
      }
    }
    if (refusals[i]) results[i] = dags.refused_run(system, options.seed, *refusals[i]);
  });
  throw_if_all(refusals);
  return results;
}

}  // namespace wukong::simulation

#include "bench/simulation/made_workload.h"

#include "bench/experiment/experiment.h"
#include "bench/experiment/feasibility.h"
#include "bench/run/job_load.h"
#include "bench/simulation/jobs_simulation.h"
#include "bench/simulation/run.h"
#include "bench/simulation/trace_simulation.h"
#include "sim/base/check.h"

namespace wukong::simulation {

MadeWorkload::MadeWorkload(const experiment::Experiment& experiment, dag::DagForm form)
    : experiment_(experiment) {
  if (experiment.trace) {
    experiment.trace->make(experiment.seed);  // what is wrong with it is said now
    return;
  }
  if (!experiment.jobs) {
    dags_.push_back(experiment.workload.make_dag(form));
    return;
  }
  for (const experiment::JobKind& kind : experiment.jobs->kinds)
    dags_.push_back(kind.workload.make_dag(form));
}

void MadeWorkload::check_feasible(const experiment::SystemSetup& system) const {
  for (const dag::Dag& dag : dags_) experiment::check_feasible(experiment_, system, dag);
}

run::RunResult MadeWorkload::run(const experiment::SystemSetup& system,
                                 const RunOptions& options) const {
  ENSURE(!is_load(experiment_) || (options.listener == nullptr && options.wakes == nullptr));
  if (experiment_.trace) return run_trace(options);
  if (experiment_.jobs) return run_jobs(system, options);
  return run_once(experiment_.platform, system, experiment_.workload.name(), *dag(), options);
}

run::RunResult MadeWorkload::run_trace(const RunOptions& options) const {
  const std::unique_ptr<traces::Trace> trace = experiment_.trace->make(options.seed);
  const TraceLoad load{trace.get(), experiment_.trace->options.warm_up};
  run::RunResult result = TraceSimulation(experiment_.platform, load, options).run();
  result.warnings = trace->oddities();
  return result;
}

run::RunResult MadeWorkload::run_jobs(const experiment::SystemSetup& system,
                                      const RunOptions& options) const {
  const experiment::JobsSetup& jobs = *experiment_.jobs;
  run::JobLoad load{.kinds = {},
                    .arrivals = [&jobs](uint64_t seed) { return jobs.make_arrivals(seed); },
                    .shared_stores = jobs.options.stores == experiment::StoreSharing::shared,
                    .warm_up = jobs.options.warm_up};
  for (size_t kind = 0; kind < dags_.size(); ++kind)
    load.kinds.push_back(job_of(system, jobs.kinds[kind].name, dags_[kind]));
  return JobsSimulation(experiment_.platform, load, options).run();
}

}  // namespace wukong::simulation

// An experiment's workload in the form that a system wants, made once and run often: the DAG, or
// the DAGs of all kinds of jobs. Nobody changes it, so runs in other threads share it. What
// arrives, jobs or the invocations of a trace, is drawn or read anew for each run, by the run's
// seed.
#pragma once

#include <vector>

#include "bench/run/run_result.h"
#include "bench/simulation/run_options.h"
#include "workloads/dag/dag.h"

namespace wukong::experiment {
struct Experiment;
struct SystemSetup;
}  // namespace wukong::experiment

namespace wukong::simulation {

class MadeWorkload {
 public:
  // Throws Error if its parameters do not go together. The experiment outlives it.
  MadeWorkload(const experiment::Experiment& experiment, dag::DagForm form);

  // Of a workload that is one DAG; of jobs, that of the first kind; null: a trace has none.
  const dag::Dag* dag() const { return dags_.empty() ? nullptr : &dags_.front(); }

  // Throws Error if the system cannot run it, as far as is known before the run.
  void check_feasible(const experiment::SystemSetup& system) const;
  // One run. Throws LimitError if the system cannot run it, Error if its options are wrong.
  run::RunResult run(const experiment::SystemSetup& system, const RunOptions& options) const;

 private:
  run::RunResult run_trace(const RunOptions& options) const;
  run::RunResult run_jobs(const experiment::SystemSetup& system, const RunOptions& options) const;

  const experiment::Experiment& experiment_;
  std::vector<dag::Dag> dags_;
};

}  // namespace wukong::simulation

// Runs systems on workloads. One run is one simulation with one seed, entirely in one thread; runs
// of different systems and seeds go in parallel, and share only the DAG and the parameters, which
// nobody changes. Results do not depend on the number of threads.
#pragma once

#include <string>
#include <vector>

#include "bench/experiment/experiment.h"
#include "bench/run/run_result.h"
#include "bench/simulation/simulation.h"

namespace wukong::simulation {

// A system of an experiment on a DAG. The system and the DAG outlive the job's run.
run::Job job_of(const experiment::SystemSetup& system, const std::string& workload,
                const dag::Dag& dag);

// Throws LimitError if the system cannot run the DAG, Error if its options are wrong.
run::RunResult run_once(const platform::PlatformSpec& platform,
                        const experiment::SystemSetup& system, const std::string& workload,
                        const dag::Dag& dag, const RunOptions& options);

// Who watches the first replicate of which system; what is null hears nothing.
struct Watch {
  size_t system = 0;
  run::RunListener* listener = nullptr;
  engine::WakeSink* wakes = nullptr;
  engine::TraceSink* records = nullptr;
};
using Watches = std::vector<Watch>;
// Of the run with this number, by system, then by replicate; one that hears nothing if there is
// none.
Watch watch_of(const Watches& watches, size_t run, size_t replicates);

// Every system with seeds seed, seed + 1, ...; by system, then by seed. `threads` at 0: one for
// each core. A system that cannot run the workload is refused, each of its results says why, and
// the others run. Throws Error if all are.
std::vector<run::RunResult> run_experiment(const experiment::Experiment& experiment,
                                           unsigned threads, const Watches& watches = {});

}  // namespace wukong::simulation

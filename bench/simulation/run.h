// Runs systems on workloads. One run is one simulation with one seed, entirely in one thread; runs
// of different systems and seeds go in parallel, and share only the DAG and the parameters, which
// nobody changes. Results do not depend on the number of threads.
#pragma once

#include <string>
#include <vector>

#include "bench/run/job.h"
#include "bench/simulation/run_options.h"
#include "bench/simulation/watch.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::experiment {
struct Experiment;
struct SystemSetup;
}  // namespace wukong::experiment

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
class RunListener;
struct RunResult;
}  // namespace wukong::run

namespace wukong::simulation {

// A system of an experiment on a DAG. The system and the DAG outlive the job's run.
run::Job job_of(const experiment::SystemSetup& system, const std::string& workload,
                const dag::Dag& dag);

// Throws LimitError if the system cannot run the DAG, Error if its options are wrong.
run::RunResult run_once(const platform::PlatformSpec& platform,
                        const experiment::SystemSetup& system, const std::string& workload,
                        const dag::Dag& dag, const RunOptions& options);

// Every system with seeds seed, seed + 1, ...; by system, then by seed. `threads` at 0: one for
// each core. A system that cannot run the workload is refused, each of its results says why, and
// the others run. Throws Error if all are.
std::vector<run::RunResult> run_experiment(const experiment::Experiment& experiment,
                                           unsigned threads, const Watches& watches = {});

}  // namespace wukong::simulation

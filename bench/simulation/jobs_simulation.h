// Many jobs on one cloud: each has a platform of its own there (sim/platform/platform.h), with its
// books, stores and random streams, and a system whose client begins when the job arrives. Job i of
// a load runs with the seed run::seed_of_job(seed, i), so that alone, on an idle cloud, it is the
// run that `wukong run --seed` makes. A job is gone when its last process has ended: memory is that
// of the jobs under way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/run/job_load.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run_options.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/engine/task.h"
#include "sim/platform/cloud.h"

namespace wukong::platform {
class Platform;
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::simulation {

class JobsSimulation {
 public:
  // What is given outlives the simulation. Throws Error if the platform contradicts itself.
  JobsSimulation(const platform::PlatformSpec& platform, const run::JobLoad& load,
                 const RunOptions& options);
  JobsSimulation(const JobsSimulation&) = delete;
  JobsSimulation& operator=(const JobsSimulation&) = delete;
  ~JobsSimulation();

  // Once: until all jobs have ended, or to the horizon. Throws LimitError if the system cannot run
  // a job's DAG, Error if its options are wrong.
  run::RunResult run();

 private:
  struct LiveJob;

  engine::Task<> arrive(run::RunResult& result);
  engine::Task<> live(run::RunResult& result, arrivals::Arrival arrival, uint64_t number);
  static engine::Task<> run_client(LiveJob& job, engine::Engine& engine);
  void run_to_end(run::RunResult& result);
  std::vector<std::string> broken_invariants(const run::RunResult& result) const;
  void collect(LiveJob& job, run::RunResult& result) const;
  void collect_cloud(run::RunResult& result);
  void give_up_living(run::RunResult& result, const std::string& reason);

  const platform::PlatformSpec& spec_;
  const run::JobLoad& load_;
  const RunOptions options_;
  std::vector<std::optional<Duration>> alone_;  // by kind
  engine::VirtualClock clock_;
  engine::Engine engine_;
  platform::Cloud cloud_;
  std::unique_ptr<platform::Platform> shared_;  // what all jobs use, and pay for together; or null
  std::vector<LiveJob*> living_;
};

}  // namespace wukong::simulation

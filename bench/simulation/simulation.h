// One platform with all that a run needs around it: clock, engine, services (modelled, measured or
// real; with faults in them, if any are asked for), checks, and whoever listens. Everything that
// runs a system anywhere, in a simulation or an emulation, runs it in one of these:
//
//   Simulation simulation(platform_spec, {.seed = 7});
//   simulation.start(job);
//   const RunResult result = simulation.run();
//
// The platform knows nothing of its jobs, and a job only its own system: what concerns the clock
// and the account is made once, in the constructor; what concerns a DAG and its client, in start().
#pragma once

#include <functional>
#include <memory>

#include "bench/simulation/run_options.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"

namespace wukong::faults {
class FaultyBackend;
}  // namespace wukong::faults

namespace wukong::invariants {
class InvariantChecker;
}  // namespace wukong::invariants

namespace wukong::run_record {
class Recorder;
class RecordingBackend;
}  // namespace wukong::run_record

namespace wukong::platform {
class Backend;
class Platform;
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct Job;
struct RunResult;
}  // namespace wukong::run

namespace wukong::simulation {

// What tells an emulation from a simulation: who passes the time, and what tasks and objects are
// made of.
struct Surroundings {
  // Outlives the simulation; null: time jumps from event to event.
  engine::ClockDriver* clock = nullptr;
  // Empty: the platform's models, and nothing else.
  std::function<std::unique_ptr<platform::Backend>(engine::Engine& engine)> make_services = {};
};

class Simulation {
 public:
  // Throws Error if the platform contradicts itself or a service cannot be had. The spec, and what
  // the options point to, outlive it.
  Simulation(const platform::PlatformSpec& platform, const RunOptions& options,
             const Surroundings& surroundings = {});
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;
  ~Simulation();

  engine::Engine& engine() { return engine_; }
  platform::Platform& platform() { return *platform_; }

  // Makes the job's system; its client begins at once, which is when run() is called. Throws
  // LimitError if the system cannot run the DAG, Error if its options are wrong. REQUIRES: no other
  // job was started.
  void start(const run::Job& job);
  // Runs until everything has ended, or to the horizon, and settles the bill. Afterwards no process
  // is left and the system is gone; engine and platform are still there to be looked at.
  run::RunResult run();

 private:
  struct StartedJob;  // with how its client's work ends

  static engine::Task<> run_client(StartedJob& started, engine::Engine& engine);
  void run_to_end(run::RunResult& result);
  void collect(run::RunResult& result);
  void check(run::RunResult& result);

  const platform::PlatformSpec& spec_;
  const RunOptions options_;
  std::unique_ptr<invariants::InvariantChecker> checker_;
  std::unique_ptr<run_record::Recorder> recorder_;  // of a simulation that is checked
  engine::VirtualClock virtual_clock_;
  engine::Engine engine_;
  std::unique_ptr<platform::Backend> services_;
  std::unique_ptr<run_record::RecordingBackend> recorded_;
  std::unique_ptr<faults::FaultyBackend> faulty_;
  std::unique_ptr<platform::Platform> platform_;
  std::unique_ptr<StartedJob> started_;
};

}  // namespace wukong::simulation

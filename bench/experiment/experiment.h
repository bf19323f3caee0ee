// An experiment: systems that run one workload on one platform, a number of times. Read from a YAML
// file and flags, checked strictly; every parameter is known with its origin. Errors name the file
// and line, or the flag, that is wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/experiment/jobs_setup.h"
#include "bench/experiment/trace_setup.h"
#include "bench/experiment/workload_setup.h"
#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/parameter_tree.h"
#include "bench/run/horizon.h"
#include "runtime/loop/emulation_spec.h"
#include "scheduler/policy/options.h"
#include "sim/faults/fault_spec.h"
#include "sim/platform/platform_spec.h"

namespace wukong {
class Error;
}  // namespace wukong

namespace wukong::scheduler {
struct Policy;
}  // namespace wukong::scheduler

namespace wukong::experiment {

// A system with its options.
struct SystemSetup {
  std::string label;
  const scheduler::Policy* policy = nullptr;
  std::unique_ptr<scheduler::Options> options;
  parameters::Origin origin;
  std::vector<parameters::EffectiveParameter> effective;
};

struct Experiment {
  platform::PlatformSpec platform;
  WorkloadSetup workload;
  // At most one of these; then the workload is only called so, and has no DAG.
  std::optional<JobsSetup> jobs;
  std::optional<TraceSetup> trace;  // and there is one system, which is none
  std::vector<SystemSetup> systems;
  int64_t replicates = 1;
  uint64_t seed = 1;
  Duration horizon =
      run::kDefaultHorizon;  // a run that takes longer in simulated time is a failed one
  faults::FaultSpec faults;
  bool check = false;             // of the invariants, in every run
  loop::EmulationSpec emulation;  // for `wukong emulate`
  // All parameters of all of these, in the order of the file's sections.
  std::vector<parameters::EffectiveParameter> effective;
};

// What the file says, changed by the --set flags, in order. Nothing is looked up yet.
parameters::ParameterTree read_experiment_tree(const std::string& file,
                                               const std::vector<std::string>& settings);

Experiment make_experiment(const parameters::ParameterTree& tree, const Catalog& catalog);

inline bool is_load(const Experiment& experiment) { return experiment.jobs || experiment.trace; }
// Throws Error if the workload is a load, which `who` does not take.
void require_one_dag(const Experiment& experiment, const std::string& who);

// Of each system, whatever the file says; the effective parameters say so.
void keep_first_replicate(Experiment& experiment);

// An Error that knows its key, but not where that was written, with that place.
Error placed(const Experiment& experiment, const Error& error);
// The same; if that place is not known, where the system is written that the error is of.
Error placed(const Experiment& experiment, const SystemSetup& system, const Error& error);

// Only the workload of an experiment, for looking at its DAG. A load has none, and says so
// when one is made.
WorkloadSetup make_workload(const parameters::ParameterTree& tree, const Catalog& catalog);

// Only the systems.
std::vector<SystemSetup> make_systems(const parameters::ParameterTree& tree,
                                      const Catalog& catalog);

// Only the platform; its parameters are added to `effective`.
platform::PlatformSpec make_platform(const parameters::ParameterTree& tree, const Catalog& catalog,
                                     std::vector<parameters::EffectiveParameter>& effective);

}  // namespace wukong::experiment

// An experiment: systems that run one workload on one platform, a number of times. Read from a YAML
// file and flags, checked strictly; every parameter is known with its origin. Errors name the file
// and line, or the flag, that is wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/parameter_tree.h"
#include "bench/run/horizon.h"
#include "runtime/loop/emulation_spec.h"
#include "scheduler/policy/options.h"
#include "sim/faults/fault_spec.h"
#include "sim/platform/platform_spec.h"
#include "workloads/catalog/workload.h"

namespace wukong {
class Error;
}  // namespace wukong

namespace wukong::computations {
class Computation;
}  // namespace wukong::computations

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::scheduler {
struct Policy;
}  // namespace wukong::scheduler

namespace wukong::experiment {

// A workload with its parameters.
struct Catalog;

struct WorkloadSetup {
  const workloads::Workload* workload = nullptr;
  std::unique_ptr<workloads::WorkloadParameters> parameters;
  parameters::Origin origin;
  std::vector<parameters::EffectiveParameter> effective;

  std::string name() const { return std::string(workload->key); }
  // Throws Error, placed where the workload was written, if the parameters do not go together.
  dag::Dag make_dag(dag::DagForm form) const;
  // What its tasks really compute. Throws Error, placed alike, if the program cannot.
  std::unique_ptr<computations::Computation> make_computation(const dag::Dag& dag,
                                                              dag::DagForm form,
                                                              uint64_t data_seed) const;
};

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

// Of each system, whatever the file says; the effective parameters say so.
void keep_first_replicate(Experiment& experiment);

// An Error that knows its key, but not where that was written, with that place.
Error placed(const Experiment& experiment, const Error& error);
// The same; if that place is not known, where the system is written that the error is of.
Error placed(const Experiment& experiment, const SystemSetup& system, const Error& error);

// Only the workload of an experiment, for looking at its DAG.
WorkloadSetup make_workload(const parameters::ParameterTree& tree, const Catalog& catalog);

// Only the systems.
std::vector<SystemSetup> make_systems(const parameters::ParameterTree& tree,
                                      const Catalog& catalog);

// Only the platform; its parameters are added to `effective`.
platform::PlatformSpec make_platform(const parameters::ParameterTree& tree, const Catalog& catalog,
                                     std::vector<parameters::EffectiveParameter>& effective);

}  // namespace wukong::experiment

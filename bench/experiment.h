// An experiment: systems that run one workload on one platform, a number of times. Read from a YAML
// file and flags, checked strictly; every parameter is known with its origin. Errors name the file
// and line, or the flag, that is wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/catalog.h"
#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/parameter_tree.h"
#include "bench/result/horizon.h"
#include "runtime/emulation_spec.h"
#include "sim/faults/fault_spec.h"
#include "sim/platform/platform.h"
#include "workloads/kernels/computation.h"

namespace wukong::bench {

// A workload with its parameters.
struct WorkloadSetup {
  const workloads::Workload* workload = nullptr;
  std::unique_ptr<workloads::WorkloadParameters> parameters;
  Origin origin;
  std::vector<EffectiveParameter> effective;

  std::string name() const { return std::string(workload->key); }
  // Throws Error, placed where the workload was written, if the parameters do not go together.
  workloads::Dag make_dag(workloads::DagForm form) const;
  // What its tasks really compute. Throws Error, placed alike, if the program cannot.
  std::unique_ptr<workloads::Computation> make_computation(const workloads::Dag& dag,
                                                           workloads::DagForm form,
                                                           uint64_t data_seed) const;
};

// A system with its options.
struct SystemSetup {
  std::string label;
  const scheduler::Policy* policy = nullptr;
  std::unique_ptr<scheduler::Options> options;
  Origin origin;
  std::vector<EffectiveParameter> effective;
};

struct Experiment {
  sim::PlatformSpec platform;
  WorkloadSetup workload;
  std::vector<SystemSetup> systems;
  int64_t replicates = 1;
  uint64_t seed = 1;
  Duration horizon = kDefaultHorizon;  // a run that takes longer in simulated time is a failed one
  sim::FaultSpec faults;
  bool check = false;                // of the invariants, in every run
  runtime::EmulationSpec emulation;  // for `wukong emulate`
  // All parameters of all of these, in the order of the file's sections.
  std::vector<EffectiveParameter> effective;
};

// What the file says, changed by the --set flags, in order. Nothing is looked up yet.
ParameterTree read_experiment_tree(const std::string& file,
                                   const std::vector<std::string>& settings);

Experiment make_experiment(const ParameterTree& tree, const Catalog& catalog);

// An Error that knows its key, but not where that was written, with that place.
Error placed(const Experiment& experiment, const Error& error);

// Only the workload of an experiment, for looking at its DAG.
WorkloadSetup make_workload(const ParameterTree& tree, const Catalog& catalog);

// Only the systems.
std::vector<SystemSetup> make_systems(const ParameterTree& tree, const Catalog& catalog);

// Only the platform; its parameters are added to `effective`.
sim::PlatformSpec make_platform(const ParameterTree& tree, const Catalog& catalog,
                                std::vector<EffectiveParameter>& effective);

}  // namespace wukong::bench

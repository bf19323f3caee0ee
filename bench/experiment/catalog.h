// What an experiment may name: the presets, the workloads and the policies that the program has.
// Passed to whoever reads an experiment, so that a test can bring its own.
#pragma once

#include <span>

#include "bench/parameters/preset_library.h"
#include "scheduler/catalog/registry.h"
#include "scheduler/policy/system.h"
#include "workloads/catalog/workload.h"

namespace wukong::experiment {

struct Catalog {
  parameters::PresetLibrary presets;
  std::span<const workloads::Workload> workloads;
  std::span<const scheduler::Policy> policies;
};

inline Catalog program_catalog() {
  return {parameters::PresetLibrary(parameters::embedded_presets()), workloads::workloads(),
          systems::policies()};
}

}  // namespace wukong::experiment

// What an experiment may name: the presets, the workloads and the policies that the program has.
// Passed to whoever reads an experiment, so that a test can bring its own.
#pragma once

#include <span>

#include "bench/parameters/preset_library.h"

namespace wukong::scheduler {
struct Policy;
}  // namespace wukong::scheduler

namespace wukong::workloads {
struct Workload;
}  // namespace wukong::workloads

namespace wukong::experiment {

struct Catalog {
  parameters::PresetLibrary presets;
  std::span<const workloads::Workload> workloads;
  std::span<const scheduler::Policy> policies;
};

Catalog program_catalog();

}  // namespace wukong::experiment

#include "bench/experiment/catalog.h"

#include "scheduler/catalog/registry.h"
#include "scheduler/policy/policy.h"
#include "workloads/catalog/workload.h"

namespace wukong::experiment {

Catalog program_catalog() {
  // Copies share what is parsed, and what the program's presets say never changes.
  static const parameters::PresetLibrary presets{parameters::embedded_presets()};
  return {presets, workloads::workloads(), systems::policies()};
}

}  // namespace wukong::experiment

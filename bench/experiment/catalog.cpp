#include "bench/experiment/catalog.h"

#include "scheduler/catalog/registry.h"
#include "scheduler/policy/policy.h"
#include "workloads/catalog/workload.h"

namespace wukong::experiment {

Catalog program_catalog() {
  return {parameters::PresetLibrary(parameters::embedded_presets()), workloads::workloads(),
          systems::policies()};
}

}  // namespace wukong::experiment

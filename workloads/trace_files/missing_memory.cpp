#include "workloads/trace_files/missing_memory.h"

#include <vector>

#include "sim/base/random.h"
#include "workloads/traces/memory_model.h"

namespace wukong::trace_files {

void give_missing_memory(traces::FunctionTable& table, uint64_t seed) {
  RandomStream random(seed, "traces.memory");
  const traces::BurrMemory model;
  std::vector<Bytes> of_app(table.app_count());
  for (Bytes& memory : of_app) memory = traces::memory_megabytes(model.quantile(random.uniform()));
  for (size_t i = 0; i < table.function_count(); ++i) {
    traces::TraceFunction& function = table.function(traces::TraceFunctionId(i));
    if (function.memory == Bytes()) function.memory = of_app[function.app.index()];
  }
}

}  // namespace wukong::trace_files

// The memory of functions of which a trace says none.
#pragma once

#include <cstdint>

#include "workloads/traces/function_table.h"

namespace wukong::trace_files {

// Draws one for each app, from traces/memory_model.h, which its functions without memory get.
void give_missing_memory(traces::FunctionTable& table, uint64_t seed);

}  // namespace wukong::trace_files

// The applications of a made trace: what each is, before it is invoked. Everything is drawn from
// strata, so that a hundred applications have the tables' shapes as a hundred thousand have.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workloads/trace_generator/generator_options.h"
#include "workloads/traces/function_table.h"

namespace wukong::trace_generator {

enum class TriggerMix { only_timers, some_timers, no_timers };

struct DrawnApp {
  traces::TraceFunctionId first_function;  // the others follow
  uint32_t functions = 0;
  TriggerMix mix = TriggerMix::no_timers;
  double per_day = 0;
  double variation = 0;  // of the times between its invocations
};

struct DrawnApps {
  std::vector<DrawnApp> apps;
  traces::FunctionTable table;
  std::vector<double> weights;  // by function: its part of its application's invocations
};

// Throws Error below `key` for tables that are none.
DrawnApps draw_apps(const GeneratorOptions& options, uint64_t seed, const std::string& key);

}  // namespace wukong::trace_generator

// A workload of a trace's invocations, as an experiment says it:
//
//   workload: {trace: {azure_2021: FILE, apps: 100, hours: 24}}
//   workload: {trace: {synthetic: {apps: 100, hours: 24}, warm_up_s: 3600}}
//
// No system runs it, and the experiment names none: each invocation arrives at the function service
// by itself, and takes the time that the trace says.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "bench/experiment/workload_setup.h"
#include "workloads/trace_catalog/trace_options.h"
#include "workloads/traces/trace.h"

namespace wukong::experiment {

// What stands in the place of a system's label in results.
constexpr std::string_view kNoSystem = "functions";

struct TraceLoadOptions {
  trace_catalog::TraceOptions trace;
  Duration warm_up;  // invocations that arrive before are in no statistics

  void visit(FieldVisitor& v);
};

struct TraceSetup {
  TraceLoadOptions options;
  parameters::Origin origin;

  // Throws Error, placed where the trace is written, for what is wrong with its files.
  std::unique_ptr<traces::Trace> make(uint64_t seed) const;
};

// The tables of a made trace come from a preset, azure-2019 if it names none; `trace` stands at
// `path`.
void resolve_tables(parameters::ParameterTree& trace, const std::string& path,
                    const Catalog& catalog);

// What stands below `workload.trace`; what it read is added to `effective`.
TraceSetup make_trace(const parameters::ParameterTree& written, const Catalog& catalog,
                      std::vector<parameters::EffectiveParameter>& effective);

}  // namespace wukong::experiment

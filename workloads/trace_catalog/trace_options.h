// A trace as an experiment says it: exactly one of
//
//   trace: {azure_2019: {invocations: FILE, durations: FILE, memory: FILE}}
//   trace: {azure_2021: FILE}
//   trace: {csv: FILE}
//   trace: {synthetic: {apps: 100, hours: 24, ... the rest of a preset of configs/presets/trace}}
//   trace: {poisson: {functions: 30, per_s: 2, mean_s: 0.5, durations: exponential, hours: 24}}
//
// and beside it which part of it: apps, start_hours, hours, rate (workloads/traces/sample.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sim/base/fields.h"
#include "workloads/csv/byte_file.h"
#include "workloads/trace_files/azure_2019.h"
#include "workloads/trace_generator/generator_options.h"
#include "workloads/trace_generator/poisson_trace.h"
#include "workloads/traces/sample.h"
#include "workloads/traces/trace.h"

namespace wukong::trace_catalog {

struct Azure2019Options {
  InputFile invocations;  // no default
  InputFile durations;    // no default
  std::optional<InputFile> memory;
  trace_files::Azure2019Settings settings;

  void visit(FieldVisitor& v);
};

struct TraceOptions {
  std::optional<Azure2019Options> azure_2019;
  std::optional<InputFile> azure_2021;
  std::optional<InputFile> csv;
  std::optional<trace_generator::GeneratorOptions> synthetic;
  std::optional<trace_generator::PoissonOptions> poisson;
  traces::SampleOptions sample;

  void visit(FieldVisitor& v);
};

// What reads a file that a parameter names.
using OpenInput = csv::ByteFilePointer (*)(const InputFile& file);
// From its content, which is in memory. REQUIRES: the file has been read.
csv::ByteFilePointer from_content(const InputFile& file);

// Throws Error below `key` ("workload.trace") if not exactly one trace is given, and for what is
// wrong with its files, which are all read here.
std::unique_ptr<traces::Trace> make_trace(const TraceOptions& options, uint64_t seed,
                                          const std::string& key, OpenInput open = from_content);

}  // namespace wukong::trace_catalog

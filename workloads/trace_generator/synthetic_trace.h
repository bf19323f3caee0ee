// A trace that is made as it is read: no invocation is kept, so its memory is that of its
// applications. Each application is a renewal process (renewal_gaps.h) of its own rate and
// variation, and a stream of random numbers of its own; each invocation is of one of its functions,
// drawn by weight, or in turn if all are timers. Invocations but those of timers follow the hours
// of the day.
#pragma once

#include <memory>
#include <string>

#include "workloads/trace_generator/generator_options.h"
#include "workloads/traces/trace.h"

namespace wukong::trace_generator {

// The trace depends on `seed` and on options.seed. Throws Error below `key` for what is wrong with
// the tables.
std::unique_ptr<traces::Trace> make_synthetic_trace(const GeneratorOptions& options, uint64_t seed,
                                                    const std::string& key);

}  // namespace wukong::trace_generator

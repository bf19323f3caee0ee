// A trace of a file that has a row for each invocation. The file is read once when the trace is
// made, which finds every error and every function, and again in each pass. Times are the file's
// own, unless an invocation began before its time zero: then that invocation is at zero.
#pragma once

#include <cstdint>
#include <memory>

#include "workloads/trace_files/invocation_rows.h"
#include "workloads/traces/trace.h"

namespace wukong::trace_files {

// Memory that the file does not say is drawn for each app (traces/memory_model.h), and depends on
// the seed.
std::unique_ptr<traces::Trace> make_invocation_list(csv::ByteFilePointer file, OpenRows format,
                                                    uint64_t seed);

}  // namespace wukong::trace_files

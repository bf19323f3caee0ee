// A day of the Azure Functions 2019 traces (Shahrad et al., ATC'20), in its three files: counts by
// minute, percentiles of durations, percentiles of the applications' memory. The samples of
// vHive's invitro have the same columns, of fewer minutes, and a HashFunction in the third file.
//
// - The counts are kept packed (minute_counts.h); a pass draws where in the minute each invocation
//   is. What is drawn for a function in a minute depends on the seed, its row and the minute alone.
// - A count is of executions that ended in the minute; it is taken as of those that began there.
// - A duration is drawn uniformly between two percentiles, as invitro does. They are percentiles of
//   averages of 30 s, which is all that the trace has, and exclude cold starts.
// - A function without durations is left out, which oddities() tells. Memory that is missing is
//   drawn (traces/memory_model.h).
#pragma once

#include <cstdint>
#include <memory>

#include "workloads/csv/byte_file.h"
#include "workloads/trace_files/minute_arrivals.h"
#include "workloads/traces/memory_model.h"
#include "workloads/traces/trace.h"

namespace wukong::trace_files {

struct Azure2019Files {
  csv::ByteFilePointer invocations;
  csv::ByteFilePointer durations;
  csv::ByteFilePointer memory;  // null: there is none
};

struct Azure2019Settings {
  WithinMinute within_minute = WithinMinute::exponential;
  traces::MemoryShare memory_share = traces::MemoryShare::equal;
};

// Throws Error for whatever is wrong with the files.
std::unique_ptr<traces::Trace> make_azure_2019(const Azure2019Files& files,
                                               const Azure2019Settings& settings, uint64_t seed);

}  // namespace wukong::trace_files

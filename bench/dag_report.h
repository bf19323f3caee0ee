// What a DAG is like, as text for a terminal.
#pragma once

#include <string>

#include "bench/text/output_width.h"
#include "sim/platform/platform.h"
#include "workloads/dag.h"

namespace wukong::bench {

// Counts, bytes, and how long the work takes on the platform's functions.
std::string report_dag(const workloads::Dag& dag, const sim::PlatformSpec& platform,
                       size_t width = kUsualWidth);

}  // namespace wukong::bench

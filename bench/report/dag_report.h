// What a DAG is like, as text for a terminal.
#pragma once

#include <string>

#include "bench/text/output_width.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::report {

// Counts, bytes, and how long the work takes on the platform's functions.
std::string report_dag(const dag::Dag& dag, const platform::PlatformSpec& platform,
                       size_t width = text::kUsualWidth);

}  // namespace wukong::report

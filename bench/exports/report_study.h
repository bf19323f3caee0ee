// A study for people: one line for each point and system, with intervals, and the ratio to the
// first system. Failed runs are counted, and their reasons listed. Where the axes would leave no
// room for numbers, a point has a line of its own above its systems.
#pragma once

#include <string>

#include "bench/results/study.h"
#include "bench/text/output_width.h"

namespace wukong::exports {

std::string report_study(const results::Study& study, size_t metric, double confidence,
                         size_t width = text::kUsualWidth);

}  // namespace wukong::exports

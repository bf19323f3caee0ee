// A study for people: one line for each point and system, with intervals, and the ratio to the
// first system. Failed runs are counted, and their reasons listed.
#pragma once

#include <string>

#include "bench/results/study.h"

namespace wukong::bench {

std::string report_study(const Study& study, size_t metric, double confidence);

}  // namespace wukong::bench

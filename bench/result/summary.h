// Replicates of one quantity, summarised; never a bare mean.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/result/metric.h"

namespace wukong::result {

struct Summary {
  size_t count = 0;
  double mean = 0;
  double min = 0;
  double max = 0;
};
// Of nothing: all zero.
Summary summarise(std::span<const double> values);

// "11.9..12.8" beside a mean of "12.3 s": the least and the most, without the unit if all three
// have the same; empty if the replicates do not differ in the digits that are shown.
std::string spread_text(const Metric& metric, const Summary& summary);

// Of the runs that completed and have such a quantity.
Summary summarise(const Metric& metric, std::span<const run::RunResult> runs);

}  // namespace wukong::result

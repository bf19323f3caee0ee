// Replicates of one quantity, summarised; never a bare mean.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bench/run.h"

namespace wukong::bench {

using Formatter = std::string (*)(double);

struct Summary {
  size_t count = 0;
  double mean = 0;
  double min = 0;
  double max = 0;
};
// Of nothing: all zero.
Summary summarise(std::span<const double> values);

// "[11.9 s .. 12.8 s]"; empty if the replicates do not differ in the digits that are shown.
std::string spread_text(const Summary& summary, Formatter format);

// A quantity of a run that reports show.
struct Quantity {
  std::string name;
  std::function<double(const RunResult&)> of;
  Formatter format;
};
struct QuantityGroup {
  std::string title;
  std::vector<Quantity> quantities;
};
// All of them, in the order of the reports.
std::vector<QuantityGroup> report_quantities();

// Of the runs that completed.
Summary summarise(const Quantity& quantity, std::span<const RunResult> runs);

}  // namespace wukong::bench

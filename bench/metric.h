// The quantities of a run that an experiment may name: one table from names to numbers. The name
// ends in the unit. Meaningful for runs that completed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bench/parameters/parameter_tree.h"
#include "bench/run.h"

namespace wukong::bench {

struct Metric {
  std::string_view name;
  std::string_view unit;  // "" for a count
  double (*of)(const RunResult& run);
};

std::span<const Metric> metrics();

// "1.25 s", "$0.0123", "1,234": a value of the metric as people read it.
std::string format_metric(const Metric& metric, double value);

// The metric that a file or a flag names at `path`. Throws Error if there is none.
const Metric& find_metric(const ParameterTree& written, const std::string& path);
const Metric& find_metric(const std::string& name, const std::string& flag);

}  // namespace wukong::bench

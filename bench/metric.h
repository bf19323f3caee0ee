// The quantities of a run that an experiment may name: one table from names to numbers. The name
// ends in the unit. Meaningful for runs that completed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bench/parameter_tree.h"
#include "bench/run.h"

namespace wukong::bench {

struct Metric {
  std::string_view name;
  std::string_view unit;
  double (*of)(const RunResult& run);
};

std::span<const Metric> metrics();

// The metric that a file or a flag names at `path`. Throws Error if there is none.
const Metric& find_metric(const ParameterTree& written, const std::string& path);

}  // namespace wukong::bench

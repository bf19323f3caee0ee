// What a sweep would do: its points, and an estimate of the time, from running a few of them.
#pragma once

#include <string>

#include "bench/sweep/sweep_plan.h"

namespace wukong::bench {

// Runs the first replicate of at most three points, for some seconds. Nothing is kept.
std::string describe_sweep(const SweepPlan& plan, const Catalog& catalog, size_t threads,
                           size_t shards);

}  // namespace wukong::bench

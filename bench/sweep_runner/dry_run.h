// What a sweep would do: its points, and an estimate of the time, from running a few of them.
#pragma once

#include <string>

#include "bench/sweep/sweep_plan.h"

namespace wukong::sweep_runner {

// Runs the first replicate of at most three points, for some seconds. Nothing is kept.
std::string describe_sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                           size_t threads, size_t shards);

}  // namespace wukong::sweep_runner

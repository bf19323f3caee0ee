// How much of an account a load has used, over time, for its results.
#pragma once

#include "bench/run/run_result.h"
#include "sim/base/time.h"

namespace wukong::functions {
struct ServiceLevels;
}  // namespace wukong::functions

namespace wukong::simulation {

void add_levels(const functions::ServiceLevels& levels, Time end, run::LoadResult& load,
                run::RunResult& result);

}  // namespace wukong::simulation

// What the services have counted, for results.
#pragma once

#include <string>
#include <vector>

#include "bench/run/run_result.h"
#include "sim/base/time.h"

namespace wukong::functions {
struct ServiceLevels;
}  // namespace wukong::functions

namespace wukong::platform {
class Platform;
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::simulation {

// Adds what a job's platform has counted. REQUIRES: it is settled.
void add_platform(platform::Platform& platform, run::RunResult& result);

// How much of the account a load has used, over time.
void add_levels(const functions::ServiceLevels& levels, Time end, run::LoadResult& load,
                run::RunResult& result);

// What did not hold of them: a sentence each.
std::vector<std::string> broken_levels(const platform::PlatformSpec& platform,
                                       const functions::ServiceLevels& levels);

}  // namespace wukong::simulation

// How long a run may last.
#pragma once

#include "sim/base/time.h"

namespace wukong::run {

// In simulated time. Of a run that never ends, as a system that is saturated may do.
constexpr Duration kDefaultHorizon = Duration::seconds(86'400);

}  // namespace wukong::run

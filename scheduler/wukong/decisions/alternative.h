// Which option of Wukong is worth a try where the time of a run goes.
#pragma once

#include <optional>

#include "scheduler/policy/alternative.h"

namespace wukong::wukong_decisions {

// The threshold of large objects decides whether consumers run where an object is, one after
// another, or far away from it, side by side.
std::optional<scheduler::Alternative> alternative_of_wukong(const scheduler::Options& options,
                                                            scheduler::TimeSink sink);

}  // namespace wukong::wukong_decisions

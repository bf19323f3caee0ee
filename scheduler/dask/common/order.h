// Dask's static order of tasks, which is their priority everywhere: depth first, so that a result
// is finished, and its inputs are freed, before the next one is begun.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/dag/dag.h"

namespace wukong::dask_common {

// The rank of each task, by id: 0 is the first. A task comes after its predecessors.
std::vector<uint32_t> depth_first_ranks(const dag::Dag& dag);

}  // namespace wukong::dask_common

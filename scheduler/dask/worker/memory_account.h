// What a Dask worker says of its memory when that ends it: needed, had, by what.
#pragma once

#include <string>
#include <vector>

#include "scheduler/dask/worker/memory.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_worker {

// E.g. "ran out of memory: its process needed 28.9 GB of 24.0 GB, and is killed beyond 22.8 GB;
// 16 running tasks needed 28.8 GB, the largest, map_3, 1.8 GB; ...".
std::string describe_memory(const DaskMemory& memory, const dask_common::DaskMemoryOptions& options,
                            const dag::Dag& dag, const std::vector<TaskId>& running);

// Of a task that a worker could not run at all.
std::string describe_misfit(const dask_common::DaskMemoryOptions& options, const dag::Dag& dag,
                            TaskId task);

}  // namespace wukong::dask_worker

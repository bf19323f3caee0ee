// Where Dask runs a task: pure functions of what the scheduler knows when the task becomes ready.
#pragma once

#include <cstdint>
#include <span>

#include "scheduler/dask/common/worker_id.h"
#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong::dask_scheduler {

// A worker that holds at least one of the task's dependencies.
struct PlacementCandidate {
  dask_common::WorkerId worker;
  Duration occupancy;   // expected time of all that it has to do
  int64_t threads = 1;  // over which that spreads
  Bytes missing;        // dependencies that it would have to fetch
  Bytes stored;         // what it holds
  uint32_t order = 0;   // among equals: Dask looks at a set, whose order is that of hashes
};

// The worker that can start first: the least occupancy per thread plus the time to fetch what is
// missing; among equals the one that stores least, then the first in `order`. REQUIRES: there is a
// candidate.
dask_common::WorkerId place_near_dependencies(std::span<const PlacementCandidate> candidates,
                                              Bandwidth bandwidth);

// For a task without dependencies: of `workers` the least occupied, or, where there are 20 or more,
// the next one in turn, because looking at all would take too long. `occupancy` is by worker id,
// `turn` counts the tasks that were placed. REQUIRES: there is a worker.
dask_common::WorkerId place_anywhere(std::span<const dask_common::WorkerId> workers,
                                     std::span<const Duration> occupancy, uint64_t turn);

}  // namespace wukong::dask_scheduler

#include "scheduler/dask/scheduler/placement.h"

#include <algorithm>
#include <tuple>

#include "sim/base/check.h"

namespace wukong::dask_scheduler {

dask_common::WorkerId place_near_dependencies(std::span<const PlacementCandidate> candidates,
                                              Bandwidth bandwidth) {
  ENSURE(!candidates.empty());
  const auto key = [bandwidth](const PlacementCandidate& candidate) {
    const Duration start =
        candidate.occupancy / candidate.threads + transfer_time(candidate.missing, bandwidth);
    return std::tuple(start, candidate.stored, candidate.order, candidate.worker);
  };
  const auto before = [&key](const PlacementCandidate& a, const PlacementCandidate& b) {
    return key(a) < key(b);
  };
  return std::min_element(candidates.begin(), candidates.end(), before)->worker;
}

dask_common::WorkerId place_anywhere(std::span<const dask_common::WorkerId> workers,
                                     std::span<const Duration> occupancy, uint64_t turn) {
  constexpr size_t kTooManyToCompare = 20;
  ENSURE(!workers.empty());
  if (workers.size() >= kTooManyToCompare) return workers[turn % workers.size()];
  const auto less_occupied = [&](dask_common::WorkerId a, dask_common::WorkerId b) {
    return occupancy[a.index()] < occupancy[b.index()];
  };
  return *std::min_element(workers.begin(), workers.end(), less_occupied);
}

}  // namespace wukong::dask_scheduler

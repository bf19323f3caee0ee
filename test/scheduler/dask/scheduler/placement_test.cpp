#include "scheduler/dask/scheduler/placement.h"

#include <array>
#include <vector>

#include "test/catch.h"

namespace wukong::dask_scheduler {
namespace {

using namespace literals;

constexpr auto kBandwidth = Bandwidth::bytes_per_second(100'000'000);

PlacementCandidate candidate(size_t worker, Duration occupancy, Bytes missing, Bytes stored = {}) {
  return {dask_common::WorkerId(worker), occupancy, 2, missing, stored};
}

TEST_CASE("a task runs where the most of its dependencies are") {
  const std::array candidates = {candidate(0, 0_s, Bytes(200'000'000)),
                                 candidate(1, 0_s, Bytes(1'000'000))};
  CHECK(place_near_dependencies(candidates, kBandwidth) == dask_common::WorkerId(1));
}

TEST_CASE("a task goes elsewhere if the wait for a thread is longer than the fetch") {
  // Worker 0 would start after 5 s / 2 threads = 2.5 s, worker 1 after 200 MB / 100 MB/s = 2 s.
  const std::array candidates = {candidate(0, 5_s, Bytes(0)),
                                 candidate(1, 0_s, Bytes(200'000'000))};
  CHECK(place_near_dependencies(candidates, kBandwidth) == dask_common::WorkerId(1));
  const std::array shorter = {candidate(0, 3_s, Bytes(0)), candidate(1, 0_s, Bytes(200'000'000))};
  CHECK(place_near_dependencies(shorter, kBandwidth) == dask_common::WorkerId(0));
}

TEST_CASE("among workers that can start at the same time the one that stores least wins") {
  const std::array candidates = {candidate(0, 1_s, Bytes(0), Bytes(10)),
                                 candidate(1, 1_s, Bytes(0), Bytes(5)),
                                 candidate(2, 1_s, Bytes(0), Bytes(5))};
  CHECK(place_near_dependencies(candidates, kBandwidth) == dask_common::WorkerId(1));
}

TEST_CASE("among workers that are equal in all that the first in the set's order wins") {
  std::array candidates = {candidate(0, 1_s, Bytes(0)), candidate(1, 1_s, Bytes(0)),
                           candidate(2, 1_s, Bytes(0))};
  candidates[0].order = 2;
  candidates[1].order = 0;
  candidates[2].order = 1;
  CHECK(place_near_dependencies(candidates, kBandwidth) == dask_common::WorkerId(1));
}

TEST_CASE("without dependencies a task goes to the least occupied of a few workers") {
  const std::vector<dask_common::WorkerId> workers = {
      dask_common::WorkerId(0), dask_common::WorkerId(1), dask_common::WorkerId(2)};
  const std::vector<Duration> occupancy = {3_s, 1_s, 2_s};
  CHECK(place_anywhere(workers, occupancy, 7) == dask_common::WorkerId(1));
}

TEST_CASE("without dependencies tasks go to twenty workers or more in turn") {
  std::vector<dask_common::WorkerId> workers;
  for (size_t i = 0; i < 20; ++i) workers.push_back(dask_common::WorkerId(2 * i));
  std::vector<Duration> occupancy(40, 1_s);
  occupancy[0] = 0_s;
  CHECK(place_anywhere(workers, occupancy, 0) == dask_common::WorkerId(0));
  CHECK(place_anywhere(workers, occupancy, 23) == dask_common::WorkerId(6));
  workers.pop_back();
  CHECK(place_anywhere(workers, occupancy, 23) == dask_common::WorkerId(0));  // 19 are compared
}

}  // namespace
}  // namespace wukong::dask_scheduler

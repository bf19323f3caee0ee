#include "scheduler/dask/scheduler/stealing.h"

#include "test/catch.h"

namespace wukong::dask_scheduler {
namespace {

using namespace literals;

constexpr StealingRule kRule{Bandwidth::bytes_per_second(100'000'000), 100_ms, 1_ms};

StealableTask task(size_t id, Duration compute, Bytes dependencies = {}) {
  return {TaskId(id), compute, Duration::zero(), dependencies};
}

Victim victim(size_t worker, size_t tasks, Duration each, size_t threads = 1) {
  Victim result{dask_common::WorkerId(worker), static_cast<int64_t>(tasks) * each, {}, threads};
  for (size_t i = 0; i < tasks; ++i) result.tasks.push_back(task(100 * worker + i, each));
  return result;
}

TEST_CASE("the level of a steal is the fetch time over the compute time, in powers of two") {
  CHECK(steal_level(task(0, 1_s), kRule) == 0);  // nothing to fetch
  // (90 MB / 100 MB/s + 0.1 s) / 1 s = 1 = 2^0: level 6
  CHECK(steal_level(task(0, 1_s, Bytes(90'000'000)), kRule) == 6);
  CHECK(steal_level(task(0, 1_s, Bytes(190'000'000)), kRule) == 7);
  CHECK(steal_level(task(0, 4_s, Bytes(90'000'000)), kRule) == 4);
  CHECK(steal_level(task(0, 1000_s, Bytes(1)), kRule) == 1);  // never below
}

TEST_CASE("a task that is too dear to move, or too short, is never stolen") {
  CHECK(!steal_level(task(0, 1_s, Bytes(10'000'000'000)), kRule));  // ratio 100.1
  CHECK(!steal_level(task(0, 500_us, Bytes(1)), kRule));
}

TEST_CASE("an idle worker takes tasks until it would end later than the victim") {
  const auto steals = plan_steals({victim(0, 8, 1_s)}, {{dask_common::WorkerId(1), 0_s}}, kRule);
  // Each costs the thief 1.1 s and saves the victim 1 s: the k-th moves if
  // 1.1 k <= 8 - (k - 1) - 0.5, so k <= 4.
  CHECK(steals.size() == 4);
  CHECK(steals.front() == Steal{TaskId(0), dask_common::WorkerId(0), dask_common::WorkerId(1)});
}

TEST_CASE("a thief gets no task of which half would be done on its victim before") {
  // The k-th moves if 1.1 k <= 7 - (k - 1) - 0.5, so k <= 3; by the end of the task on its victim
  // it would be 4.
  CHECK(plan_steals({victim(0, 7, 1_s)}, {{dask_common::WorkerId(1), 0_s}}, kRule).size() == 3);
}

TEST_CASE("a victim keeps the tasks that its threads run") {
  const auto steals = plan_steals({victim(0, 3, 1_s, 3)}, {{dask_common::WorkerId(1), 0_s}}, kRule);
  CHECK(steals.empty());
}

TEST_CASE("cheap tasks are stolen first, thieves take turns") {
  Victim rich{dask_common::WorkerId(0), 20_s, {}, 1};
  rich.tasks = {task(0, 5_s, Bytes(400'000'000)), task(1, 5_s), task(2, 5_s), task(3, 5_s)};
  const auto steals = plan_steals(
      {rich}, {{dask_common::WorkerId(1), 0_s}, {dask_common::WorkerId(2), 0_s}}, kRule);
  REQUIRE(steals.size() >= 2);
  CHECK(steals[0] == Steal{TaskId(1), dask_common::WorkerId(0), dask_common::WorkerId(1)});
  CHECK(steals[1] == Steal{TaskId(2), dask_common::WorkerId(0), dask_common::WorkerId(2)});
}

TEST_CASE("the most occupied victim is robbed first") {
  const auto steals =
      plan_steals({victim(1, 3, 1_s), victim(2, 6, 1_s)}, {{dask_common::WorkerId(3), 0_s}}, kRule);
  REQUIRE(!steals.empty());
  CHECK(steals.front().victim == dask_common::WorkerId(2));
}

TEST_CASE("nobody steals without an idle worker") {
  CHECK(plan_steals({victim(0, 8, 1_s)}, {}, kRule).empty());
}

}  // namespace
}  // namespace wukong::dask_scheduler

#include "scheduler/dask/common/order.h"

#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::dask_common {
namespace {

TEST_CASE("a result is finished before the next one is begun") {
  const auto dag = test::dag_from_text("a -> e; b -> e; c -> f; d -> f; e -> g; f -> g");
  const auto ranks = depth_first_ranks(dag);
  const auto rank = [&](const char* name) { return ranks[test::task_named(dag, name).index()]; };
  CHECK(rank("a") == 0);
  CHECK(rank("b") == 1);
  CHECK(rank("e") == 2);
  CHECK(rank("c") == 3);
  CHECK(rank("g") == 6);
}

TEST_CASE("a rank is above those of all predecessors, and no two are equal") {
  const auto dag =
      test::dag_from_text("a -> b -> c; a -> c; a -> d; c -> e; d -> e; x -> d; x -> y");
  const auto ranks = depth_first_ranks(dag);
  std::vector<bool> seen(dag.task_count());
  for (const TaskId task : dag.tasks()) {
    CHECK(!seen[ranks[task.index()]]);
    seen[ranks[task.index()]] = true;
    for (const TaskId before : dag.predecessors(task))
      CHECK(ranks[before.index()] < ranks[task.index()]);
  }
}

}  // namespace
}  // namespace wukong::dask_common

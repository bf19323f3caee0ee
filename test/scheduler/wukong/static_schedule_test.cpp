#include "scheduler/wukong/decisions/static_schedule.h"

#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::wukong_policy {
namespace {

using test::dag_from_text;

constexpr Bytes kNode(1000);

TEST_CASE("an executor becomes the successor with the fewest edges to a result") {
  const auto dag = dag_from_text("a -> far; a -> near; far -> x; x -> end; near -> end");
  const wukong_decisions::StaticSchedules schedules(dag, kNode);
  const auto successors = dag.successors(TaskId(0));
  REQUIRE(dag.name(successors.front()) == "far");  // it is no matter of their order
  CHECK(dag.name(schedules.become(TaskId(0))) == "near");
}

TEST_CASE("among successors that are equally far from a result, the first is become") {
  const auto dag = dag_from_text("a -> b; a -> c; b -> end; c -> end");
  CHECK(wukong_decisions::StaticSchedules(dag, kNode).become(TaskId(0)) ==
        dag.successors(TaskId(0)).front());
}

TEST_CASE("a schedule has the path that is become, and the tasks that may be invoked from it") {
  const auto dag = dag_from_text("a -> far; a -> near; far -> x; x -> end; near -> end");
  const wukong_decisions::StaticSchedules schedules(dag, kNode);
  // a, near, end, and far beside them.
  CHECK(schedules.size(TaskId(0)) == Bytes(4 * 1000));
  CHECK(schedules.total_size() == Bytes(5 * 1000));
}

}  // namespace
}  // namespace wukong::wukong_policy

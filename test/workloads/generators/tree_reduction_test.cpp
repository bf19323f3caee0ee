#include "workloads/generators/tree_reduction.h"

#include "test/catch.h"
#include "workloads/dag/statistics.h"

namespace wukong::generators {

TEST_CASE("a tree reduction of N elements has N-1 tasks, N-2 edges and ceil(log2 N) levels") {
  for (int64_t elements = 2; elements <= 300; ++elements) {
    const dag::DagShape shape = dag::shape_of(make_tree_reduction({.elements = elements}));
    size_t levels = 0;
    while ((int64_t{1} << levels) < elements) ++levels;
    INFO("N = " << elements);
    CHECK(shape.tasks == static_cast<size_t>(elements - 1));
    CHECK(shape.edges == static_cast<size_t>(elements - 2));
    CHECK(shape.depth == levels);
    CHECK(shape.leaves == static_cast<size_t>(elements / 2));
    CHECK(shape.sinks == 1);
    CHECK(shape.width == static_cast<size_t>(elements / 2));
  }
}

TEST_CASE("the papers' tree of 1024 has 512 leaves, 1023 tasks and 10 levels of sleep") {
  const dag::Dag dag =
      make_tree_reduction({.elements = 1024, .delay = Duration::milliseconds(250)});
  const dag::DagShape shape = dag::shape_of(dag);
  CHECK(shape.leaves == 512);
  CHECK(shape.tasks == 1023);
  CHECK(shape.depth == 10);
  // Additions are free here; sleeps are not: work = 1023 * 0.25 s, span = 10 * 0.25 s.
  std::vector<Duration> sleeps;
  for (const TaskId task : dag.tasks()) sleeps.push_back(dag.cost(task).sleep);
  CHECK(work_of(dag, sleeps).work == Duration::milliseconds(250 * 1023));
  CHECK(work_of(dag, sleeps).span == Duration::milliseconds(250 * 10));
}

TEST_CASE("an odd element is carried up and added to the last sum as a literal") {
  // 5 elements: a = 1+2, b = 3+4, c = a+b, d = c+5.
  const dag::Dag dag = make_tree_reduction({.elements = 5, .value = Bytes(16)});
  REQUIRE(dag.task_count() == 4);
  CHECK(dag.predecessors(TaskId(2)).size() == 2);
  CHECK(dag.predecessors(TaskId(3)).size() == 1);
  CHECK(dag.predecessors(TaskId(3)).front() == TaskId(2));
  CHECK(dag.size(dag.outputs(TaskId(3)).front()).actual == Bytes(16));
  CHECK(dag.kind(TaskId(3)) == "add");
}

}  // namespace wukong::generators

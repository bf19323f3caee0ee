#include "test/support/dag_text.h"

#include "test/catch.h"

namespace wukong::test {

TEST_CASE("a line of text makes a DAG with the named tasks and edges") {
  const dag::Dag dag = dag_from_text("a -> c;b->c; c -> d -> e; lone");
  CHECK(dag.task_count() == 6);
  CHECK(dag.edge_count() == 4);
  const TaskId c = task_named(dag, "c");
  REQUIRE(dag.predecessors(c).size() == 2);
  CHECK(dag.name(dag.predecessors(c)[0]) == "a");
  CHECK(dag.name(dag.predecessors(c)[1]) == "b");
  CHECK(dag.leaves().size() == 3);
  CHECK(dag.cost(c).sleep == Duration::milliseconds(100));
}

TEST_CASE("tasks are renumbered where their order of mention contradicts the edges") {
  const dag::Dag dag = dag_from_text("end; middle -> end; start -> middle");
  CHECK(dag.name(TaskId(0)) == "start");
  CHECK(dag.name(TaskId(2)) == "end");
}

TEST_CASE("sizes and durations have defaults and exceptions, and leaves may read an input") {
  const dag::Dag dag = dag_from_text("a -> b", {.object_size = Bytes(5),
                                                .duration = Duration::seconds(1),
                                                .input_size = Bytes(9),
                                                .object_sizes = {{"b", Bytes(6)}},
                                                .durations = {{"a", Duration::seconds(2)}}});
  const TaskId a = task_named(dag, "a");
  const TaskId b = task_named(dag, "b");
  CHECK(dag.size(dag.outputs(a).front()).actual == Bytes(5));
  CHECK(dag.size(dag.outputs(b).front()).actual == Bytes(6));
  CHECK(dag.cost(a).sleep == Duration::seconds(2));
  CHECK(dag.cost(b).sleep == Duration::seconds(1));
  REQUIRE(dag.inputs(a).size() == 1);
  CHECK(dag.size(dag.inputs(a).front()).actual == Bytes(9));
  CHECK(dag.inputs(b).size() == 1);
}

TEST_CASE("edges may order tasks without objects") {
  const dag::Dag dag = dag_from_text("a -> b; c -> b", {.without_objects = true});
  CHECK(dag.object_count() == 0);
  CHECK(dag.edge_count() == 2);
  CHECK(dag.predecessors(task_named(dag, "b")).size() == 2);
}

}  // namespace wukong::test

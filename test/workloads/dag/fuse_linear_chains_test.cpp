#include "workloads/dag/fuse_linear_chains.h"

#include <string>
#include <vector>

#include "test/catch.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"

namespace wukong::dag {
namespace {

constexpr ObjectSize kBlock{.actual = Bytes(800), .nominal = Bytes(800)};

// Tasks by the names of their kinds, each of which reads some of those before it.
class Sketch {
 public:
  ObjectId task(const char* kind, const std::vector<ObjectId>& inputs) {
    const hosts::TaskCost cost = kernel_cost(hosts::Kernel::add, 10, Bytes(80));
    return builder.compute(builder.add_kind(kind, cost), inputs, kBlock);
  }
  DagBuilder builder;
};

std::vector<std::string> kinds_of(const Dag& dag) {
  std::vector<std::string> kinds;
  for (const TaskId task : dag.tasks()) kinds.push_back(dag.kind(task));
  return kinds;
}

using Kinds = std::vector<std::string>;

}  // namespace

TEST_CASE("A chain becomes one task and an alias of its old name") {
  Sketch sketch;
  sketch.task("c", {sketch.task("b", {sketch.task("a", {})})});
  const Dag dag = fuse_linear_chains(sketch.builder.build());
  CHECK(kinds_of(dag) == Kinds{"a-b-c", "alias"});
  CHECK(dag.edge_count() == 1);
  CHECK(dag.steps(TaskId(0)).size() == 3);
  CHECK(dag.cost(TaskId(0)).earlier.size() == 2);
  // The second step holds what the first made, and its own output.
  CHECK(dag.cost(TaskId(0)).memory == Bytes(1600));
}

TEST_CASE("A chain of tasks of one name keeps its name and has no alias") {
  Sketch sketch;
  sketch.task("sum", {sketch.task("sum", {sketch.task("sum", {})})});
  CHECK(kinds_of(fuse_linear_chains(sketch.builder.build())) == Kinds{"sum-sum-sum"});
}

TEST_CASE("A task whose output is read twice is not fused with either reader") {
  Sketch sketch;
  const ObjectId a = sketch.task("a", {});
  sketch.task("b", {a});
  sketch.task("c", {a});
  CHECK(kinds_of(fuse_linear_chains(sketch.builder.build())) == Kinds{"a", "b", "c"});
}

TEST_CASE("A reader that reads something new is not fused, one that reads the same again is") {
  Sketch sketch;
  const ObjectId shared = sketch.task("shared", {});
  const ObjectId other = sketch.task("other", {});
  sketch.task("keeps shared alive", {shared});
  sketch.task("keeps other alive", {other});
  const ObjectId a = sketch.task("a", {shared});
  const ObjectId b = sketch.task("b", {a, other});
  sketch.task("c", {b, shared});
  const Dag dag = fuse_linear_chains(sketch.builder.build());
  CHECK(kinds_of(dag) ==
        Kinds{"shared", "other", "keeps shared alive", "keeps other alive", "a", "b-c", "alias"});
  const auto inputs = dag.inputs(TaskId(5));
  REQUIRE(inputs.size() == 3);
  const auto steps = dag.steps(TaskId(5));
  CHECK(steps[0].arguments == std::vector<Step::Argument>{{false, 0}, {false, 1}});
  CHECK(steps[1].arguments == std::vector<Step::Argument>{{true, 0}, {false, 2}});
}

TEST_CASE("Two readers' worth of inputs that only one task reads stay tasks") {
  Sketch sketch;
  const ObjectId a = sketch.task("a", {});
  const ObjectId b = sketch.task("b", {});
  const ObjectId c = sketch.task("c", {a, b});
  sketch.task("d", {c});
  CHECK(kinds_of(fuse_linear_chains(sketch.builder.build())) == Kinds{"a", "b", "c-d", "alias"});
}

TEST_CASE("Blockwise work moves into each of its readers, which keep their names") {
  Sketch sketch;
  const ObjectId left = sketch.task("left", {});
  const ObjectId right = sketch.task("right", {});
  const ObjectId moved = sketch.task("moved", {left, right});
  sketch.task("b", {moved, left});
  sketch.task("c", {right, moved});
  const std::vector<TaskId> blockwise = {TaskId(2)};
  const Dag dag = fuse_linear_chains(sketch.builder.build(), blockwise);
  CHECK(kinds_of(dag) == Kinds{"left", "right", "moved-b", "moved-c"});
  CHECK(dag.inputs(TaskId(2)).size() == 2);
  CHECK(dag.steps(TaskId(3))[1].arguments == std::vector<Step::Argument>{{false, 1}, {true, 0}});
}

TEST_CASE("Objects that are there before the run keep their order") {
  Sketch sketch;
  const ObjectId first = sketch.builder.add_input({.actual = Bytes(1), .nominal = Bytes(1)});
  const ObjectId second = sketch.builder.add_input({.actual = Bytes(2), .nominal = Bytes(2)});
  sketch.task("b", {sketch.task("a", {second})});
  sketch.task("c", {first});
  const Dag dag = fuse_linear_chains(sketch.builder.build());
  CHECK(dag.size(ObjectId(0)).actual == Bytes(1));
  CHECK(dag.size(ObjectId(1)).actual == Bytes(2));
  CHECK(dag.inputs(TaskId(0)).front() == ObjectId(1));
}

}  // namespace wukong::dag

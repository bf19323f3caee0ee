#include "workloads/generators/sketch.h"

#include "sim/hosts/compute.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::generators {
namespace {

SketchParameters sketch(const std::string& edges) {
  SketchParameters parameters;
  parameters.edges = edges;
  return parameters;
}

TEST_CASE("a sketch has the tasks, edges, sizes and times of its text") {
  SketchParameters parameters = sketch("a -> c; b->c; c -> d;lone");
  parameters.bytes = {10, 20};
  parameters.seconds = {1, 0.5, 2};
  parameters.input = Bytes(7);
  const dag::Dag dag = make_sketch(parameters);
  CHECK(dag.task_count() == 5);
  CHECK(dag.edge_count() == 3);
  REQUIRE(dag.name(TaskId(0)) == "a");
  CHECK(dag.size(dag.outputs(TaskId(0)).front()).actual == Bytes(10));
  REQUIRE(dag.inputs(TaskId(0)).size() == 1);
  CHECK(dag.size(dag.inputs(TaskId(0)).front()).actual == Bytes(7));
  for (const TaskId task : dag.tasks()) {
    if (dag.name(task) != "lone") continue;  // the last numbers hold for all that follow
    CHECK(dag.cost(task).sleep == Duration::seconds(2));
    CHECK(dag.size(dag.outputs(task).front()).actual == Bytes(20));
  }
}

TEST_CASE("a sketch's tasks sleep, or have run times that were recorded on their threads") {
  SketchParameters parameters = sketch("a");
  parameters.seconds = {3};
  parameters.threads = {4};
  const hosts::TaskCost asleep = make_sketch(parameters).cost(TaskId(0));
  CHECK(hosts::given_time(asleep, 1) == Duration::seconds(3));
  parameters.recorded = true;
  const hosts::TaskCost recorded = make_sketch(parameters).cost(TaskId(0));
  CHECK(hosts::given_time(recorded, 1) == Duration::seconds(12));
  CHECK(hosts::given_time(recorded, 4) == Duration::seconds(3));
}

TEST_CASE("a sketch without objects has its edges all the same") {
  SketchParameters parameters = sketch("a -> b");
  parameters.objects = false;
  const dag::Dag dag = make_sketch(parameters);
  CHECK(dag.object_count() == 0);
  CHECK(dag.edge_count() == 1);
}

TEST_CASE("a sketch that cannot be read is an error that shows the statement") {
  using test::error_text;
  const std::string expected =
      "workload.sketch.edges: expected names in chains, such as \"a -> c; b -> c\", found ";
  for (const char* text : {"a -> ; b", "a ->", "-> a", "a b", "a; ; b -", "a -> b -> "})
    CHECK(error_text([&] { make_sketch(sketch(text)); }).find(expected) == 0);
  CHECK(error_text([&] { make_sketch(sketch(" ")); }).find(expected) == 0);
  CHECK(error_text([&] {
          make_sketch(sketch("a -> b; b -> c; c -> a"));
        }).find("workload.sketch.edges: expected tasks without a cycle, found ") == 0);
  SketchParameters empty = sketch("a");
  empty.bytes.clear();
  CHECK(error_text([&] { make_sketch(empty); }) != "no error");
}

}  // namespace
}  // namespace wukong::generators

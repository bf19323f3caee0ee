#include "workloads/dag/dag_builder.h"

#include <algorithm>
#include <array>
#include <set>

#include "sim/base/random.h"
#include "test/catch.h"
#include "workloads/generators/tree_reduction.h"

namespace wukong::dag {
namespace {

using Ids = std::vector<uint32_t>;

template <class Range>
Ids values(const Range& range) {
  Ids result;
  for (const auto id : range) result.push_back(id.value());
  return result;
}

ObjectSize bytes(int64_t count) { return {Bytes(count), Bytes(count)}; }

}  // namespace

TEST_CASE("edges follow from the objects that tasks read and write") {
  DagBuilder builder;
  const KindId kind = builder.add_kind("step", {});
  const ObjectId input = builder.add_input(bytes(10));
  const ObjectId a = builder.compute(kind, {input}, bytes(20));
  const ObjectId b = builder.compute(kind, {input}, bytes(30));
  const ObjectId c = builder.compute(kind, {b, a}, bytes(40));
  const Dag dag = builder.build();

  CHECK(dag.task_count() == 3);
  CHECK(dag.object_count() == 4);
  CHECK(dag.edge_count() == 2);
  CHECK(values(dag.predecessors(TaskId(2))) == Ids{1, 0});  // in the order of the inputs
  CHECK(values(dag.successors(TaskId(0))) == Ids{2});
  CHECK(values(dag.inputs(TaskId(2))) == Ids{b.value(), a.value()});
  CHECK(values(dag.consumers(input)) == Ids{0, 1});
  CHECK(values(dag.outputs(TaskId(2))) == Ids{c.value()});
  CHECK(values(dag.leaves()) == Ids{0, 1});
  CHECK(values(dag.sinks()) == Ids{2});
  CHECK_FALSE(dag.producer(input).valid());
  CHECK(dag.producer(c) == TaskId(2));
  CHECK(dag.size(b).actual == Bytes(30));
}

TEST_CASE("a task that reads an object twice, or two objects of one task, has one edge") {
  DagBuilder builder;
  const KindId kind = builder.add_kind("step", {});
  const std::array sizes = {bytes(1), bytes(2)};
  const TaskId first = builder.add_task(kind, {}, sizes);
  const ObjectId left = builder.outputs(first).front();
  const ObjectId right(left.index() + 1);
  builder.compute(kind, {right, left, right}, bytes(3));
  const Dag dag = builder.build();
  CHECK(dag.edge_count() == 1);
  CHECK(values(dag.consumers(left)) == Ids{1});
  CHECK(values(dag.consumers(right)) == Ids{1});
  CHECK(dag.inputs(TaskId(1)).size() == 3);
  CHECK(dag.distinct_inputs(TaskId(1)) == std::vector{left, right});
  CHECK(dag.output_bytes(first) == Bytes(3));
}

TEST_CASE("an explicit edge adds an edge only where no object makes one") {
  DagBuilder builder;
  const KindId kind = builder.add_kind("step", {});
  const ObjectId a = builder.compute(kind, {}, bytes(1));
  builder.compute(kind, {}, bytes(1));
  builder.compute(kind, {a}, bytes(1));
  builder.add_edge(TaskId(1), TaskId(2));
  builder.add_edge(TaskId(0), TaskId(2));
  builder.add_edge(TaskId(1), TaskId(2));
  const Dag dag = builder.build();
  CHECK(dag.edge_count() == 2);
  CHECK(values(dag.predecessors(TaskId(2))) == Ids{0, 1});
  CHECK(values(dag.sinks()) == Ids{2});
}

TEST_CASE("ids are given in the order of adding, also when inputs come between tasks") {
  DagBuilder builder;
  const KindId kind = builder.add_kind("step", {});
  const std::array two = {bytes(1), bytes(2)};
  const TaskId first = builder.add_task(kind, {}, two);
  const ObjectId input = builder.add_input(bytes(3));
  const TaskId second = builder.add_task(kind, std::array{input}, two);
  const TaskId third = builder.add_task(kind, {}, {});
  const Dag dag = builder.build();
  CHECK(values(dag.outputs(first)) == Ids{0, 1});
  CHECK(input.value() == 2);
  CHECK(values(dag.outputs(second)) == Ids{3, 4});
  CHECK(dag.outputs(third).empty());
}

TEST_CASE("tasks are named after their kind and id unless they have names of their own") {
  DagBuilder builder;
  const KindId cheap = builder.add_kind("qr", {});
  hosts::TaskCost cost;
  cost.flops = 7;
  const KindId dear = builder.add_kind("qr", cost);
  builder.compute(cheap, {}, bytes(1));
  builder.compute(dear, {}, bytes(1));
  const Dag generated = builder.build();
  CHECK(generated.name(TaskId(1)) == "qr-1");
  CHECK(generated.name(ObjectId(1)) == "object-1");
  CHECK(generated.kind(TaskId(1)) == "qr");
  CHECK(generated.cost(TaskId(0)).flops == 0);
  CHECK(generated.cost(TaskId(1)).flops == 7);

  // build() leaves the builder empty.
  CHECK(builder.task_count() == 0);
  const KindId kind = builder.add_kind("sort", {});
  const ObjectId file = builder.compute(kind, {}, bytes(1));
  builder.set_name(TaskId(0), "sort_everything");
  builder.set_name(file, "sorted.txt");
  const Dag named = builder.build();
  CHECK(named.name(TaskId(0)) == "sort_everything");
  CHECK(named.name(file) == "sorted.txt");
  CHECK(named.kind(TaskId(0)) == "sort");
}

TEST_CASE("an initial object of no bytes is absent") {
  DagBuilder builder;
  const KindId kind = builder.add_kind("step", {});
  const ObjectId zeros = builder.add_input({.actual = Bytes(0), .nominal = Bytes(800)});
  const ObjectId input = builder.add_input(bytes(8));
  const ObjectId made = builder.compute(kind, {zeros, input}, bytes(0));
  const Dag dag = builder.build();
  CHECK(dag.absent(zeros));
  CHECK_FALSE(dag.absent(input));
  CHECK_FALSE(dag.absent(made));
}

TEST_CASE("adjacency agrees with a list of edges in random DAGs") {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    RandomStream random(seed, "dag_builder_test");
    DagBuilder builder;
    const KindId kind = builder.add_kind("step", {});
    std::set<std::pair<uint32_t, uint32_t>> edges;
    std::set<std::pair<uint32_t, uint32_t>> readings;
    const size_t tasks = 1 + random.below(30);
    for (uint32_t task = 0; task < tasks; ++task) {
      std::vector<ObjectId> inputs;
      for (uint64_t i = random.below(5); i > 0 && builder.object_count() > 0; --i)
        inputs.push_back(ObjectId(random.below(builder.object_count())));
      for (const ObjectId input : inputs) readings.emplace(input.value(), task);
      const std::vector<ObjectSize> outputs(random.below(3), bytes(1));
      builder.add_task(kind, inputs, outputs);
      if (random.chance(0.3)) builder.add_input(bytes(2));
      if (task > 0 && random.chance(0.3)) {
        const TaskId before(random.below(task));
        builder.add_edge(before, TaskId(task));
        edges.emplace(before.value(), task);
      }
    }
    const Dag dag = builder.build();
    for (const auto& [object, task] : readings)
      if (const TaskId producer = dag.producer(ObjectId(object)); producer.valid())
        edges.emplace(producer.value(), task);

    std::set<std::pair<uint32_t, uint32_t>> by_successors, by_predecessors, by_consumers;
    for (const TaskId task : dag.tasks()) {
      for (const TaskId after : dag.successors(task))
        by_successors.emplace(task.value(), after.value());
      for (const TaskId before : dag.predecessors(task))
        by_predecessors.emplace(before.value(), task.value());
      CHECK(std::is_sorted(dag.successors(task).begin(), dag.successors(task).end()));
    }
    for (const ObjectId object : dag.objects())
      for (const TaskId consumer : dag.consumers(object))
        by_consumers.emplace(object.value(), consumer.value());
    CHECK(by_successors == edges);
    CHECK(by_predecessors == edges);
    CHECK(by_consumers == readings);
    CHECK(dag.edge_count() == edges.size());
  }
}

TEST_CASE("a million tasks of a tree take less than 60 bytes each") {
  const Dag dag = generators::make_tree_reduction({.elements = 1 << 20});
  REQUIRE(dag.task_count() == (1 << 20) - 1);
  CHECK(dag.memory().count() < 60 * (1 << 20));
  // Kind, offsets, outputs, producer, size, edges both ways, inputs, consumers: 48 bytes at least.
  CHECK(dag.memory().count() > 48 * (1 << 20));
}

}  // namespace wukong::dag

#include "workloads/dag/statistics.h"

#include <array>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/dag/dag_builder.h"

namespace wukong::dag {
namespace {

using test::dag_from_text;
using test::task_named;

std::vector<Duration> fixed_times(const Dag& dag) {
  return task_times(dag, hosts::ComputeSpec{}, 1);
}

}  // namespace

TEST_CASE("a diamond has two tasks in its widest level and three levels") {
  const DagShape shape = shape_of(dag_from_text("a -> b -> d; a -> c -> d"));
  CHECK(shape.tasks == 4);
  CHECK(shape.edges == 4);
  CHECK(shape.width == 2);
  CHECK(shape.depth == 3);
  CHECK(shape.leaves == 1);
  CHECK(shape.sinks == 1);
}

TEST_CASE("a task's level is that of its longest path") {
  const Dag dag = dag_from_text("a -> b -> c -> d; a -> d; e -> d; e");
  const std::vector<uint32_t> levels = task_levels(dag);
  CHECK(levels[task_named(dag, "a").index()] == 1);
  CHECK(levels[task_named(dag, "e").index()] == 1);
  CHECK(levels[task_named(dag, "d").index()] == 4);
  CHECK(shape_of(dag).width == 2);
}

TEST_CASE("bytes are split into inputs, intermediates and results") {
  const Dag dag = dag_from_text(
      "a -> b; a -> c",
      {.object_size = Bytes(10), .input_size = Bytes(7), .object_sizes = {{"a", Bytes(100)}}});
  const DagShape shape = shape_of(dag);
  CHECK(shape.inputs.actual == Bytes(7));
  CHECK(shape.intermediates.actual == Bytes(100));
  CHECK(shape.results.actual == Bytes(20));
  CHECK(shape.reads.actual == Bytes(7 + 2 * 100));
  CHECK(shape.writes.actual == Bytes(100 + 2 * 10));
}

TEST_CASE("nominal bytes are counted beside actual ones") {
  DagBuilder builder;
  const KindId kind = builder.add_kind("step", {});
  const ObjectId input = builder.add_input({.actual = Bytes(1), .nominal = Bytes(10)});
  const ObjectId middle =
      builder.compute(kind, {input, input}, {.actual = Bytes(2), .nominal = Bytes(20)});
  builder.compute(kind, {middle}, {.actual = Bytes(3), .nominal = Bytes(30)});
  const DagShape shape = shape_of(builder.build());
  CHECK(shape.inputs.nominal == Bytes(10));
  CHECK(shape.intermediates.nominal == Bytes(20));
  CHECK(shape.results.nominal == Bytes(30));
  CHECK(shape.reads.nominal == Bytes(2 * 10 + 20));  // an input that is listed twice counts twice
  CHECK(shape.writes.nominal == Bytes(50));
  CHECK(shape.reads.actual == Bytes(2 * 1 + 2));
}

TEST_CASE("a task's memory holds each input once, its outputs and what it needs itself") {
  DagBuilder builder;
  hosts::TaskCost cost;
  cost.memory = Bytes(1000);
  const KindId kind = builder.add_kind("step", cost);
  const ObjectId input = builder.add_input({Bytes(1), Bytes(1)});
  const std::array<ObjectSize, 2> outputs = {{{Bytes(20), Bytes(20)}, {Bytes(40), Bytes(40)}}};
  builder.add_task(kind, std::array{input, input}, outputs);
  builder.compute(kind, {ObjectId(1)}, {Bytes(300), Bytes(300)});
  const Dag dag = builder.build();
  CHECK(task_memory(dag) == std::vector<Bytes>{Bytes(1000 + 1 + 20 + 40), Bytes(1000 + 20 + 300)});
  CHECK(shape_of(dag).largest_memory == Bytes(1320));
  CHECK(shape_of(dag).largest_task == TaskId(1));
}

TEST_CASE("work is the sum of the times and span the longest path") {
  const Dag dag =
      dag_from_text("a -> b -> d; a -> c -> d; e",
                    {.duration = Duration::seconds(1), .durations = {{"c", Duration::seconds(5)}}});
  const Work work = work_of(dag, fixed_times(dag));
  CHECK(work.work == Duration::seconds(9));
  CHECK(work.span == Duration::seconds(7));
}

// bound = max(span, work / hosts)
TEST_CASE("the makespan's lower bound is the span or the work that each host must do") {
  const Work work{.work = Duration::seconds(9), .span = Duration::seconds(4)};
  CHECK(work.makespan_bound(1) == Duration::seconds(9));
  CHECK(work.makespan_bound(2) == Duration::milliseconds(4500));
  CHECK(work.makespan_bound(3) == Duration::seconds(4));
  CHECK(Work{.work = Duration::nanoseconds(10), .span = {}}.makespan_bound(3) ==
        Duration::nanoseconds(4));
}

TEST_CASE("sums beyond what fits saturate") {
  const Duration long_time = Duration::seconds(5'000'000'000);
  const Dag dag = dag_from_text(
      "a -> b; b", {.object_size = Bytes(6'000'000'000'000'000'000), .duration = long_time});
  CHECK(work_of(dag, fixed_times(dag)).work == Duration::max());
  CHECK(shape_of(dag).writes.actual == Bytes::max());
}

TEST_CASE("an empty DAG has a shape") {
  const DagShape shape = shape_of(DagBuilder().build());
  CHECK(shape.tasks == 0);
  CHECK(shape.depth == 0);
  CHECK_FALSE(shape.largest_task.valid());
}

TEST_CASE("a kernel's time follows the compute spec") {
  DagBuilder builder;
  hosts::TaskCost cost;
  cost.kernel = hosts::Kernel::gemm;
  cost.flops = 3e9;
  const KindId kind = builder.add_kind("gemm", cost);
  builder.compute(kind, {}, {Bytes(8), Bytes(8)});
  const Dag dag = builder.build();
  hosts::ComputeSpec compute;
  compute.gflops_per_vcpu[static_cast<size_t>(hosts::Kernel::gemm)] = 2;
  // 3 GFLOP at 2 GFLOP/s
  CHECK(task_times(dag, compute, 1) == std::vector<Duration>{Duration::milliseconds(1500)});
}

}  // namespace wukong::dag

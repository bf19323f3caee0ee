#include "workloads/dag/limits.h"

#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::dag {

TEST_CASE("tasks that need more memory or time than a function has are named with the reason") {
  const Dag dag = test::dag_from_text(
      "a -> b -> c", {.object_size = Bytes::mebi(10),
                      .duration = Duration::seconds(899),
                      .object_sizes = {{"a", Bytes::mebi(100)}, {"b", Bytes::mebi(50)}},
                      .durations = {{"b", Duration::seconds(900) + Duration::nanoseconds(1)}}});
  const FunctionLimits limits{
      .memory = Bytes::mebi(128), .vcpus = 1, .time_limit = Duration::seconds(900)};
  const auto oversized = oversized_tasks(dag, limits, hosts::ComputeSpec{});
  REQUIRE(oversized.size() == 1);
  CHECK(oversized[0].task == test::task_named(dag, "b"));
  CHECK(oversized[0].memory == Bytes::mebi(150));
  CHECK(oversized[0].time == Duration::seconds(900) + Duration::nanoseconds(1));
  CHECK(describe(dag, oversized[0], limits) ==
        "task b needs 150.0 MB of memory and has 128.0 MB; it needs 900.1 s of time and has "
        "900.0 s");
  CHECK(describe_memory(dag, oversized[0].task) ==
        "0.0 MB of its own and 150.0 MB of objects that it reads and writes; 1 MB is 1,048,576 "
        "bytes");
}

TEST_CASE("a task that fits exactly can run") {
  const Dag dag = test::dag_from_text(
      "a -> b", {.object_size = Bytes::mebi(64), .duration = Duration::seconds(900)});
  const FunctionLimits limits{
      .memory = Bytes::mebi(128), .vcpus = 1, .time_limit = Duration::seconds(900)};
  CHECK(oversized_tasks(dag, limits, hosts::ComputeSpec{}).empty());
}

TEST_CASE("a time limit is held against the time on the function's own vCPUs") {
  DagBuilder builder;
  hosts::TaskCost cost;
  cost.recorded = Duration::seconds(500);
  cost.threads = 4;
  builder.compute(builder.add_kind("wide", cost), {}, {Bytes(1), Bytes(1)});
  const Dag dag = builder.build();
  FunctionLimits limits{
      .memory = Bytes::mebi(128), .vcpus = 4, .time_limit = Duration::seconds(900)};
  CHECK(oversized_tasks(dag, limits, hosts::ComputeSpec{}).empty());
  limits.vcpus = 2;  // 500 s of 4 threads become 1000 s on 2 vCPUs
  const auto oversized = oversized_tasks(dag, limits, hosts::ComputeSpec{});
  REQUIRE(oversized.size() == 1);
  CHECK_FALSE(oversized[0].memory);
  CHECK(describe(dag, oversized[0], limits) ==
        "task wide-0 needs 1000.0 s of time and has 900.0 s");
}

}  // namespace wukong::dag

// Many workers that want something of one, each something else, at one time.
#include <vector>

#include "test/catch.h"
#include "test/support/policy_run.h"
#include "workloads/dag/dag_builder.h"

namespace wukong {
namespace {

// One task makes an object for each of the others.
dag::Dag scatter(size_t parts) {
  dag::DagBuilder builder;
  const dag::KindId kind = builder.add_kind("part", {.sleep = Duration::seconds(1)});
  const std::vector<ObjectSize> sizes(parts, ObjectSize(Bytes(1'000'000)));
  const TaskId source = builder.add_task(kind, {}, sizes);
  for (const ObjectId part : builder.outputs(source))
    builder.compute(kind, {part}, ObjectSize(Bytes(1000)));
  return builder.build();
}

TEST_CASE("a worker that 400 others ask at once serves them one after another, and soon",
          "[dask]") {
  const auto run = test::run_policy(scatter(400), test::make_policy("dask-1000"));
  CHECK(test::each_task_once(run));
  // 400 MB at 417 MB/s, and 400 requests of 0.83 ms, some of them a few times.
  CHECK(run.result.makespan < Duration::seconds(60));
}

}  // namespace
}  // namespace wukong

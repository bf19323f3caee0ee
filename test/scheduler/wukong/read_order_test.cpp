#include "scheduler/wukong/decisions/read_order.h"

#include <algorithm>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/support/dag_text.h"

namespace wukong::wukong_decisions {
namespace {

constexpr const char* kStream = "wukong.read_order";

TEST_CASE("inputs are read in an arbitrary order, which is one for all tasks of a run") {
  const auto dag = test::dag_from_text(
      "a -> x; b -> x; c -> x; d -> x; e -> x; a -> y; b -> y; c -> y; d -> y; e -> y");
  std::vector<TaskId> readers;
  for (const TaskId task : dag.tasks())
    if (!dag.inputs(task).empty()) readers.push_back(task);
  REQUIRE(readers.size() == 2);
  const TaskId x = readers[0], y = readers[1];
  const auto order = [&](uint64_t seed, TaskId task) {
    return ReadOrder(dag, RandomStream(seed, kStream)).of(task);
  };
  bool differs = false;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const std::vector<ObjectId> read = order(seed, x);
    CHECK(read == order(seed, y));
    differs = differs || read != order(seed + 1, x);
    std::vector<ObjectId> sorted = read;
    std::sort(sorted.begin(), sorted.end(),
              [](ObjectId a, ObjectId b) { return a.index() < b.index(); });
    const auto inputs = dag.inputs(x);
    CHECK(sorted == std::vector<ObjectId>(inputs.begin(), inputs.end()));
  }
  CHECK(differs);
}

}  // namespace
}  // namespace wukong::wukong_decisions

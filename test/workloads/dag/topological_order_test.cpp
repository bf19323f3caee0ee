#include "workloads/dag/topological_order.h"

#include "test/catch.h"

namespace wukong::dag {
namespace {
using List = std::vector<size_t>;
}

TEST_CASE("what is in order already stays as it is") {
  const TopologicalOrder sorted = topological_order({{}, {0}, {}, {1, 2}});
  CHECK(sorted.order == List{0, 1, 2, 3});
  CHECK(sorted.cycle.empty());
}

TEST_CASE("an item comes after all of its predecessors, however it is listed") {
  // 0 needs 3, 3 needs 1 twice.
  const TopologicalOrder sorted = topological_order({{3}, {}, {}, {1, 1}});
  CHECK(sorted.order == List{1, 2, 3, 0});
}

TEST_CASE("a cycle is given in the direction of its edges, without what hangs on it") {
  // 0 -> 1 -> 2 -> 3 -> 1, and 3 -> 4.
  const TopologicalOrder sorted = topological_order({{}, {0, 3}, {1}, {2}, {3}});
  CHECK(sorted.order == List{0});
  CHECK(sorted.cycle == List{1, 2, 3});
}

TEST_CASE("an item that precedes itself is a cycle of one") {
  CHECK(topological_order({{}, {1}}).cycle == List{1});
}

}  // namespace wukong::dag

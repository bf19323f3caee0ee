#include "scheduler/reachability.h"

#include <set>
#include <vector>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/layered.h"
#include "workloads/tree_reduction.h"

namespace wukong {
namespace {

using scheduler::reachable_pairs;
using test::dag_from_text;

uint64_t by_searching(const workloads::Dag& dag) {
  uint64_t pairs = 0;
  for (const TaskId leaf : dag.leaves()) {
    std::set<uint32_t> seen;
    std::vector<TaskId> stack = {leaf};
    while (!stack.empty()) {
      const TaskId task = stack.back();
      stack.pop_back();
      if (!seen.insert(task.value()).second) continue;
      for (const TaskId successor : dag.successors(task)) stack.push_back(successor);
    }
    pairs += seen.size();
  }
  return pairs;
}

TEST_CASE("a leaf reaches itself and all that follows from it, each once") {
  CHECK(reachable_pairs(dag_from_text("only")) == 1);
  CHECK(reachable_pairs(dag_from_text("a -> b; b -> c")) == 3);
  CHECK(reachable_pairs(dag_from_text("a -> c; b -> c; c -> d")) == 3 + 3);
  CHECK(reachable_pairs(dag_from_text("a -> b; a -> c; b -> d; c -> d")) == 4);
}

TEST_CASE("each of a tree's leaves reaches one task a level") {
  workloads::TreeReductionParameters tree;
  tree.elements = 1024;  // 512 leaves, 10 levels
  CHECK(reachable_pairs(workloads::make_tree_reduction(tree)) == 512 * 10);
}

TEST_CASE(
    "what leaves reach is what a search from each of them finds, for more leaves than a word has "
    "bits") {
  for (const int64_t width : {3, 64, 65, 200}) {
    workloads::LayeredParameters layered;
    layered.width = width;
    layered.depth = 6;
    const auto dag = workloads::make_layered(layered);
    CHECK(reachable_pairs(dag) == by_searching(dag));
  }
}

}  // namespace
}  // namespace wukong

#include "workloads/dag/reachability.h"

#include <set>
#include <thread>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/generators/layered.h"
#include "workloads/generators/tree_reduction.h"

namespace wukong {
namespace {

using dag::count_reachable_pairs;
using test::dag_from_text;

uint64_t by_searching(const dag::Dag& dag) {
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
  CHECK(count_reachable_pairs(dag_from_text("only")) == 1);
  CHECK(count_reachable_pairs(dag_from_text("a -> b; b -> c")) == 3);
  CHECK(count_reachable_pairs(dag_from_text("a -> c; b -> c; c -> d")) == 3 + 3);
  CHECK(count_reachable_pairs(dag_from_text("a -> b; a -> c; b -> d; c -> d")) == 4);
}

TEST_CASE("trees that lead into the same tasks count with all their leaves") {
  // The tree of a and b (root t) and the tree of c (root u) reach x and y; d reaches y only:
  // 3 + 2 + 1 pairs in the trees, 3 leaves reach x and y, 1 leaf y.
  const auto dag = dag_from_text("a -> t; b -> t; c -> u; t -> x; u -> x; d -> y; x -> y");
  CHECK(count_reachable_pairs(dag) == (2 + 2) + 2 + 1 + 3 * 2 + 1);
  CHECK(count_reachable_pairs(dag) == by_searching(dag));
}

TEST_CASE("what leaves reach is what a search finds, for random trees under random layers") {
  RandomStream random(5, "reachability test");
  for (int round = 0; round < 30; ++round) {
    dag::DagBuilder builder;
    const auto kind = builder.add_kind("task", {});
    std::vector<TaskId> tasks;
    for (int i = 0; i < 150; ++i) {
      const TaskId task = builder.add_task(kind, {}, {});
      std::set<uint32_t> before;
      if (i > 40)
        for (uint64_t edges = 1 + random.below(i > 130 ? 5 : 2); edges > 0; --edges)
          before.insert(tasks[random.below(tasks.size())].value());
      for (const uint32_t one : before) builder.add_edge(TaskId(one), task);
      tasks.push_back(task);
    }
    const dag::Dag dag = builder.build();
    CHECK(count_reachable_pairs(dag) == by_searching(dag));
  }
}

TEST_CASE("threads that share a DAG get the same count, and so do its copies") {
  generators::TreeReductionParameters tree;
  tree.elements = 4096;  // 2048 leaves, 12 levels
  const dag::Dag dag = generators::make_tree_reduction(tree);
  uint64_t counts[2] = {};
  {
    std::jthread other([&] { counts[0] = dag.reachable_pairs(); });
    counts[1] = dag.reachable_pairs();
  }
  const dag::Dag copy = dag;
  for (const uint64_t count : {counts[0], counts[1], copy.reachable_pairs()})
    CHECK(count == 2048 * 12);
}

TEST_CASE("each of a tree's leaves reaches one task a level") {
  generators::TreeReductionParameters tree;
  tree.elements = 1024;  // 512 leaves, 10 levels
  CHECK(count_reachable_pairs(generators::make_tree_reduction(tree)) == 512 * 10);
}

TEST_CASE(
    "what leaves reach is what a search from each of them finds, for more leaves than a word has "
    "bits") {
  for (const int64_t width : {3, 64, 65, 200}) {
    generators::LayeredParameters layered;
    layered.width = width;
    layered.depth = 6;
    const auto dag = generators::make_layered(layered);
    CHECK(count_reachable_pairs(dag) == by_searching(dag));
  }
}

}  // namespace
}  // namespace wukong

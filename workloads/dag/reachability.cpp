#include "workloads/dag/reachability.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>
#include <vector>

#include "workloads/dag/dag.h"

namespace wukong::dag {
namespace {

// The bottom of the DAG that is a forest: every leaf, and every task that only such tasks lead to,
// each of which leads nowhere else. Nothing else is reached from below a tree, so a tree's leaves
// reach the same tasks above its root, and one search serves them all.
class Forest {
 public:
  explicit Forest(const Dag& dag) : leaves_under_(dag.task_count()) {
    for (const TaskId task : dag.tasks()) {
      leaves_under_[task.index()] = count(dag, task);
      pairs_ += leaves_under_[task.index()];
    }
    for (const TaskId task : dag.tasks())
      if (contains(task) && !continues(dag, task)) roots_.push_back(task);
    // Those of as many leaves together: a batch of them is counted at once.
    std::sort(roots_.begin(), roots_.end(), [this](TaskId a, TaskId b) {
      return std::pair(leaves_under(a), a) < std::pair(leaves_under(b), b);
    });
  }

  bool contains(TaskId task) const { return leaves_under_[task.index()] > 0; }
  uint64_t leaves_under(TaskId task) const { return leaves_under_[task.index()]; }
  // Pairs within the forest.
  uint64_t pairs() const { return pairs_; }
  // That lead somewhere out of it.
  const std::vector<TaskId>& roots() const { return roots_; }

 private:
  // 0: not of the forest.
  uint64_t count(const Dag& dag, TaskId task) const {
    const auto predecessors = dag.predecessors(task);
    uint64_t leaves = predecessors.empty() ? 1 : 0;
    for (const TaskId before : predecessors) {
      if (!contains(before) || dag.successors(before).size() != 1) return 0;
      leaves += leaves_under(before);
    }
    return leaves;
  }
  bool continues(const Dag& dag, TaskId task) const {
    const auto successors = dag.successors(task);
    return successors.empty() || (successors.size() == 1 && contains(successors.front()));
  }

  std::vector<uint32_t> leaves_under_;
  std::vector<TaskId> roots_;
  uint64_t pairs_ = 0;
};

// Sixty-four trees at a time, a bit each. Only what these reach is looked at, so that many trees
// that reach little cost no more than a few that reach much.
class ReachableFromBatch {
 public:
  explicit ReachableFromBatch(const Dag& dag) : dag_(dag), roots_of_(dag.task_count()) {}

  // Pairs (root, task above it).
  uint64_t pairs(std::span<const TaskId> roots) {
    for (size_t bit = 0; bit < roots.size(); ++bit)
      for (const TaskId successor : dag_.successors(roots[bit]))
        reach(successor, uint64_t{1} << bit);
    for (size_t i = 0; i < reached_.size(); ++i)
      for (const TaskId successor : dag_.successors(reached_[i])) reach(successor, 0);
    // Ids are in topological order: a task's bits are complete when its turn comes.
    std::sort(reached_.begin(), reached_.end());
    uint64_t pairs = 0;
    for (const TaskId task : reached_) {
      const uint64_t roots_of_task = roots_of_[task.index()].bits;
      pairs += static_cast<uint64_t>(std::popcount(roots_of_task));
      for (const TaskId successor : dag_.successors(task))
        roots_of_[successor.index()].bits |= roots_of_task;
      roots_of_[task.index()] = {};
    }
    reached_.clear();
    return pairs;
  }

 private:
  struct Roots {
    uint64_t bits = 0;
    bool reached = false;
  };

  void reach(TaskId task, uint64_t bits) {
    Roots& roots = roots_of_[task.index()];
    roots.bits |= bits;
    if (roots.reached) return;
    roots.reached = true;
    reached_.push_back(task);
  }

  const Dag& dag_;
  std::vector<Roots> roots_of_;
  std::vector<TaskId> reached_;
};

}  // namespace

uint64_t count_reachable_pairs(const Dag& dag) {
  constexpr size_t kBatch = 64;
  const Forest forest(dag);
  uint64_t pairs = forest.pairs();
  if (forest.roots().empty()) return pairs;
  ReachableFromBatch batch(dag);
  std::span<const TaskId> roots = forest.roots();
  while (!roots.empty()) {
    const uint64_t leaves = forest.leaves_under(roots.front());
    size_t size = 1;
    while (size < std::min(kBatch, roots.size()) && forest.leaves_under(roots[size]) == leaves)
      ++size;
    pairs += leaves * batch.pairs(roots.first(size));
    roots = roots.subspan(size);
  }
  return pairs;
}

}  // namespace wukong::dag

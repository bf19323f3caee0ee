#include "scheduler/reachability.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace wukong::scheduler {
namespace {

// Sixty-four leaves at a time, a bit each. Only what these leaves reach is looked at, so that many
// leaves with short schedules (a tree reduction) cost no more than a few with long ones.
class ReachableFromBatch {
 public:
  explicit ReachableFromBatch(const workloads::Dag& dag)
      : dag_(dag), leaves_of_(dag.task_count()) {}

  uint64_t pairs(std::span<const TaskId> leaves) {
    for (size_t bit = 0; bit < leaves.size(); ++bit) reach(leaves[bit], uint64_t{1} << bit);
    for (size_t i = 0; i < reached_.size(); ++i)
      for (const TaskId successor : dag_.successors(reached_[i])) reach(successor, 0);
    // Ids are in topological order: a task's bits are complete when its turn comes.
    std::sort(reached_.begin(), reached_.end());
    uint64_t pairs = 0;
    for (const TaskId task : reached_) {
      const uint64_t leaves_of_task = leaves_of_[task.index()].bits;
      pairs += static_cast<uint64_t>(std::popcount(leaves_of_task));
      for (const TaskId successor : dag_.successors(task))
        leaves_of_[successor.index()].bits |= leaves_of_task;
      leaves_of_[task.index()] = {};
    }
    reached_.clear();
    return pairs;
  }

 private:
  struct Leaves {
    uint64_t bits = 0;
    bool reached = false;
  };

  void reach(TaskId task, uint64_t bits) {
    Leaves& leaves = leaves_of_[task.index()];
    leaves.bits |= bits;
    if (leaves.reached) return;
    leaves.reached = true;
    reached_.push_back(task);
  }

  const workloads::Dag& dag_;
  std::vector<Leaves> leaves_of_;
  std::vector<TaskId> reached_;
};

}  // namespace

uint64_t reachable_pairs(const workloads::Dag& dag) {
  constexpr size_t kBatch = 64;
  ReachableFromBatch batch(dag);
  const auto leaves = dag.leaves();
  uint64_t pairs = 0;
  for (size_t first = 0; first < leaves.size(); first += kBatch)
    pairs += batch.pairs(leaves.subspan(first, std::min(kBatch, leaves.size() - first)));
  return pairs;
}

}  // namespace wukong::scheduler

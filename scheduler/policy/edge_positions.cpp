#include "scheduler/policy/edge_positions.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::scheduler {

EdgePositions::EdgePositions(const dag::Dag& dag)
    : dag_(dag), first_(dag.task_count()), positions_(dag.edge_count()) {
  uint32_t edges = 0;
  for (const TaskId task : dag.tasks()) {
    first_[task.index()] = edges;
    edges += static_cast<uint32_t>(dag.successors(task).size());
  }
  // Successors are in the order of their ids, so a task meets them here in that order.
  std::vector<uint32_t> next = first_;
  for (const TaskId successor : dag.tasks()) {
    uint32_t position = 0;
    for (const TaskId task : dag.predecessors(successor))
      positions_[next[task.index()]++] = position++;
  }
}

uint32_t EdgePositions::of(TaskId task, TaskId successor) const {
  const auto successors = dag_.successors(task);
  const auto edge = std::lower_bound(successors.begin(), successors.end(), successor);
  ENSURE(edge != successors.end() && *edge == successor, task.value(), successor.value());
  return positions_[first_[task.index()] + static_cast<size_t>(edge - successors.begin())];
}

}  // namespace wukong::scheduler

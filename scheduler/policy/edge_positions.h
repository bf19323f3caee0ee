// Where each task stands among its successor's predecessors, e.g. which bit of a fan-in's counter
// is its own. Looked up in the time of a binary search: to search the predecessors at each arrival
// would take a fan-in of n tasks n times n steps.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/dag/dag.h"

namespace wukong::scheduler {

class EdgePositions {
 public:
  explicit EdgePositions(const dag::Dag& dag);

  // Of `task` in dag.predecessors(successor). REQUIRES: there is such an edge.
  uint32_t of(TaskId task, TaskId successor) const;

 private:
  const dag::Dag& dag_;
  std::vector<uint32_t> first_;      // by task: of its edges in positions_
  std::vector<uint32_t> positions_;  // by edge, in the order of the task's successors
};

}  // namespace wukong::scheduler

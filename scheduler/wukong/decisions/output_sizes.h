// How many bytes each task puts out, and which tasks put out a large object: large ones stay where
// they are, if they can (SoCC'20 3.3). Counted once, so that a question about an edge takes no time
// that grows with the fan-out or the fan-in.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/bytes.h"
#include "workloads/dag/dag.h"

namespace wukong::wukong_decisions {

class OutputSizes {
 public:
  OutputSizes(const dag::Dag& dag, Bytes large_from);

  // All outputs of the task together.
  Bytes of(TaskId task) const { return bytes_[task.index()]; }
  bool large(TaskId task) const { return of(task) >= large_from_; }
  // Whether `target` has another large input than that of its predecessor `task`. Two executors
  // that each held one, waiting for the other's, would wait in vain.
  bool another_large(TaskId task, TaskId target) const {
    return large_inputs_[target.index()] > (large(task) ? 1 : 0);
  }

 private:
  Bytes large_from_;
  std::vector<Bytes> bytes_;            // by task
  std::vector<uint32_t> large_inputs_;  // by task: predecessors that put out a large object
};

}  // namespace wukong::wukong_decisions

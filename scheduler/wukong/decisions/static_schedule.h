// Wukong's static schedules. The schedule of a task is what an executor that starts there may need:
// the path that it follows if it always becomes its first successor, and for every task on it the
// others that it may invoke. (Released code: a path and its invoke lists; what is missing at run
// time is fetched from the metadata store.) It is a view of the DAG, never a copy: only its size is
// kept.
//
// The first successor is the one with the fewest edges to a result, as Dask's client meets them: it
// walks from the results back (docs/model.md).
#pragma once

#include <vector>

#include "sim/base/bytes.h"
#include "workloads/dag/dag.h"

namespace wukong::wukong_decisions {

class StaticSchedules {
 public:
  StaticSchedules(const dag::Dag& dag, Bytes node_bytes);

  Bytes size(TaskId start) const { return node_bytes_ * nodes_[start.index()]; }
  // What the static scheduler writes to the metadata store before the run: each task's node, once.
  Bytes total_size() const { return node_bytes_ * static_cast<int64_t>(nodes_.size()); }
  // The successor that an executor of `task` goes on with if it can. REQUIRES: there is one.
  TaskId become(TaskId task) const { return become_[task.index()]; }

 private:
  Bytes node_bytes_;
  std::vector<TaskId> become_;   // of a result: none
  std::vector<uint32_t> nodes_;  // in the schedule that starts at each task
};

}  // namespace wukong::wukong_decisions

// Wukong's static schedules, as the released code makes them. One depth-first search visits each
// task once and gives it a first successor, with which an executor goes on if it can. The order of
// a task's successors is that of a Python set of objects, i.e. of their addresses, so which of them
// is the first is arbitrary and differs from run to run: it is drawn.
//
// A path begins at each leaf and at each task that is not the first successor of some task. It
// follows first successors to a result, and has the other successors of its tasks in it, which an
// executor may invoke; tails that paths share are stored again with each.
#pragma once

#include <vector>

#include "sim/base/bytes.h"
#include "workloads/dag/dag.h"

namespace wukong {
class RandomStream;
}  // namespace wukong

namespace wukong::wukong_decisions {

class StaticSchedules {
 public:
  StaticSchedules(const dag::Dag& dag, Bytes node_bytes, RandomStream random);

  // Of the path that begins at `start`.
  Bytes size(TaskId start) const { return node_bytes_ * nodes_[start.index()]; }
  // What the static scheduler writes to the metadata store before the run.
  int64_t stored_paths() const { return stored_paths_; }
  int64_t stored_nodes() const { return stored_nodes_; }
  Bytes total_size() const { return node_bytes_ * stored_nodes_; }
  // The successor that an executor of `task` goes on with if it can. REQUIRES: there is one.
  TaskId become(TaskId task) const { return become_[task.index()]; }

 private:
  Bytes node_bytes_;
  std::vector<TaskId> become_;   // of a result: none
  std::vector<uint32_t> nodes_;  // in the path that begins at each task
  int64_t stored_paths_ = 0;
  int64_t stored_nodes_ = 0;
};

}  // namespace wukong::wukong_decisions

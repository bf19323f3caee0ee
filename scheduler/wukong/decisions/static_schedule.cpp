#include "scheduler/wukong/decisions/static_schedule.h"

#include <algorithm>
#include <limits>

#include "sim/base/random.h"

namespace wukong::wukong_decisions {

StaticSchedules::StaticSchedules(const dag::Dag& dag, Bytes node_bytes, RandomStream random)
    : node_bytes_(node_bytes), become_(dag.task_count(), TaskId::none()), nodes_(dag.task_count()) {
  std::vector<bool> begins_path(dag.task_count());
  for (const TaskId leaf : dag.leaves()) begins_path[leaf.index()] = true;
  // Tasks are numbered in topological order, so every successor is done before its predecessors.
  for (size_t i = dag.task_count(); i-- > 0;) {
    const auto successors = dag.successors(TaskId(i));
    uint64_t nodes = 1;
    if (!successors.empty()) {
      const TaskId first =
          successors.size() == 1 ? successors.front() : successors[random.below(successors.size())];
      become_[i] = first;
      for (const TaskId other : successors)
        if (other != first) begins_path[other.index()] = true;
      nodes += successors.size() - 1 + nodes_[first.index()];
    }
    nodes_[i] =
        static_cast<uint32_t>(std::min<uint64_t>(nodes, std::numeric_limits<uint32_t>::max()));
  }
  for (size_t i = 0; i < begins_path.size(); ++i) {
    if (!begins_path[i]) continue;
    ++stored_paths_;
    stored_nodes_ += nodes_[i];
  }
}

}  // namespace wukong::wukong_decisions

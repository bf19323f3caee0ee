#include "scheduler/static_schedule.h"

#include <algorithm>
#include <limits>

namespace wukong::scheduler {

StaticSchedules::StaticSchedules(const workloads::Dag& dag, Bytes node_bytes)
    : dag_(dag), node_bytes_(node_bytes), nodes_(dag.task_count()) {
  // Tasks are numbered in topological order, so every successor is done before its predecessors.
  for (size_t i = dag.task_count(); i-- > 0;) {
    const auto successors = dag.successors(TaskId(i));
    uint64_t nodes = 1;
    if (!successors.empty()) nodes += successors.size() - 1 + nodes_[successors.front().index()];
    nodes_[i] =
        static_cast<uint32_t>(std::min<uint64_t>(nodes, std::numeric_limits<uint32_t>::max()));
  }
}

}  // namespace wukong::scheduler

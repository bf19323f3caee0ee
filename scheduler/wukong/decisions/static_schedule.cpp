#include "scheduler/wukong/decisions/static_schedule.h"

#include <algorithm>
#include <limits>

namespace wukong::wukong_decisions {

StaticSchedules::StaticSchedules(const dag::Dag& dag, Bytes node_bytes)
    : node_bytes_(node_bytes), become_(dag.task_count(), TaskId::none()), nodes_(dag.task_count()) {
  std::vector<uint32_t> from_result(dag.task_count());  // edges to the nearest sink
  const auto nearer = [&](TaskId a, TaskId b) {
    return from_result[a.index()] < from_result[b.index()];
  };
  // Tasks are numbered in topological order, so every successor is done before its predecessors.
  for (size_t i = dag.task_count(); i-- > 0;) {
    const auto successors = dag.successors(TaskId(i));
    uint64_t nodes = 1;
    if (!successors.empty()) {
      const TaskId first = *std::min_element(successors.begin(), successors.end(), nearer);
      become_[i] = first;
      from_result[i] = from_result[first.index()] + 1;
      nodes += successors.size() - 1 + nodes_[first.index()];
    }
    nodes_[i] =
        static_cast<uint32_t>(std::min<uint64_t>(nodes, std::numeric_limits<uint32_t>::max()));
  }
}

}  // namespace wukong::wukong_decisions

#include "scheduler/dask/common/order.h"

#include <utility>

#include "sim/base/check.h"

namespace wukong::dask_common {

std::vector<uint32_t> depth_first_ranks(const dag::Dag& dag) {
  constexpr uint32_t kUnranked = UINT32_MAX;
  std::vector<uint32_t> ranks(dag.task_count(), kUnranked);
  std::vector<bool> entered(dag.task_count());
  std::vector<std::pair<TaskId, size_t>> path;  // a task and how many of its predecessors are done
  uint32_t next = 0;
  for (const TaskId sink : dag.sinks()) {
    path.emplace_back(sink, 0);
    entered[sink.index()] = true;
    while (!path.empty()) {
      auto& [task, done] = path.back();
      const auto predecessors = dag.predecessors(task);
      while (done < predecessors.size() && entered[predecessors[done].index()]) ++done;
      if (done == predecessors.size()) {
        ranks[task.index()] = next++;
        path.pop_back();
        continue;
      }
      const TaskId predecessor = predecessors[done];
      entered[predecessor.index()] = true;
      path.emplace_back(predecessor, 0);
    }
  }
  ENSURE(next == dag.task_count() && "every task leads to a sink", next, dag.task_count());
  return ranks;
}

}  // namespace wukong::dask_common

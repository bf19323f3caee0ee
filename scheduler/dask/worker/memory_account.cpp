#include "scheduler/dask/worker/memory_account.h"

#include "scheduler/dask/common/task_memory.h"

namespace wukong::dask_worker {
namespace {

std::string running_text(const dag::Dag& dag, const std::vector<TaskId>& running) {
  if (running.empty()) return "no task was running";
  Bytes all;
  TaskId largest = running.front();
  for (const TaskId task : running) {
    all += dask_common::dask_task_memory(dag, task);
    if (dask_common::dask_task_memory(dag, task) > dask_common::dask_task_memory(dag, largest))
      largest = task;
  }
  const std::string largest_text =
      dask_common::dask_bytes_text(dask_common::dask_task_memory(dag, largest));
  if (running.size() == 1)
    return "one running task, " + dag.name(largest) + ", needed " + largest_text;
  return std::to_string(running.size()) + " running tasks needed " +
         dask_common::dask_bytes_text(all) + ", the largest, " + dag.name(largest) + ", " +
         largest_text;
}

}  // namespace

std::string describe_memory(const DaskMemory& memory, const dask_common::DaskMemoryOptions& options,
                            const dag::Dag& dag, const std::vector<TaskId>& running) {
  return "ran out of memory: its process needed " +
         dask_common::dask_needed_text(memory.process()) + " of " +
         dask_common::dask_bytes_text(options.limit) + ", and is killed beyond " +
         dask_common::dask_bytes_text(memory.most()) + "; " + running_text(dag, running) +
         "; objects in memory were " + dask_common::dask_bytes_text(memory.managed()) +
         "; a larger memory.limit_gb would help" +
         (running.size() > 1 ? ", or fewer worker_threads" : "");
}

std::string describe_misfit(const dask_common::DaskMemoryOptions& options, const dag::Dag& dag,
                            TaskId task) {
  const Bytes needed = options.process + dask_common::dask_task_memory(dag, task);
  if (needed <= options.limit) return "ended with task " + dag.name(task) + ", which failed";
  return "ran out of memory: task " + dag.name(task) + " needed " +
         dask_common::dask_needed_text(needed) + " with its objects and its process, of " +
         dask_common::dask_bytes_text(options.limit) + "; a larger memory.limit_gb would help";
}

}  // namespace wukong::dask_worker

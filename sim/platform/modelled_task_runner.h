// Task execution in a simulation: waits as long as the task's cost takes on the host. A task whose
// working memory exceeds the host's fails at once. Tasks of one machine share its cores and its
// memory bus, those of one process what its kernel gives it.
#pragma once

#include "sim/platform/task_execution.h"
#include "sim/platform/task_runner.h"

namespace wukong::sim {

class ModelledTaskRunner final : public TaskRunner {
 public:
  ModelledTaskRunner(const Books& books, const ComputeSpec& spec)
      : books_(books), engine_(books.engine), spec_(spec), done_(books.usage) {}

  Task<ExecuteStatus> execute(const Host& host, TaskId task, const TaskCost& cost) override;

 private:
  Task<> take_memory(const Host& host, const TaskCost& cost);
  Task<> share_machine(const Host& host, const TaskCost& cost);
  Task<> share_cores(const Host& host, const TaskCost& cost);
  Task<> share_memory_bus(const Host& host, const TaskCost& cost);

  Books books_;
  Engine& engine_;
  const ComputeSpec& spec_;
  DoneTasks done_;
};

}  // namespace wukong::sim

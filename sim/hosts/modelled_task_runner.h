// Task execution in a simulation: waits as long as the task's cost takes on the host. A task whose
// working memory exceeds the host's fails at once. Its steps come one after another. Tasks of one
// machine share its cores and its memory bus, those of one process what its kernel gives it.
#pragma once

#include "sim/accounting/task_execution.h"
#include "sim/hosts/compute.h"
#include "sim/hosts/task_runner.h"

namespace wukong::hosts {

class ModelledTaskRunner final : public TaskRunner {
 public:
  ModelledTaskRunner(const accounting::Books& books, const ComputeSpec& spec)
      : books_(books), engine_(books.engine), spec_(spec), done_(books.usage) {}

  engine::Task<ExecuteStatus> execute(const Host& host, TaskId task, const TaskCost& cost) override;

 private:
  engine::Task<> run_step(const Host& host, const TaskCost& cost);
  engine::Task<> take_memory(const Host& host, const TaskCost& cost);
  engine::Task<> share_machine(const Host& host, const TaskCost& cost);
  engine::Task<> share_cores(const Host& host, const TaskCost& cost);
  engine::Task<> share_memory_bus(const Host& host, const TaskCost& cost);

  accounting::Books books_;
  engine::Engine& engine_;
  const ComputeSpec& spec_;
  accounting::DoneTasks done_;
};

}  // namespace wukong::hosts

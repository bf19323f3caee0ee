// Task execution in a simulation: waits as long as the task's cost takes on the host. A task whose
// working memory exceeds the host's fails at once. Tasks of one machine share its cores and its
// memory bus, those of one process what its kernel gives it.
#pragma once

#include <vector>

#include "sim/platform/task_runner.h"
#include "sim/platform/usage.h"

namespace wukong::sim {

class ModelledTaskRunner final : public TaskRunner {
 public:
  ModelledTaskRunner(Engine& engine, const ComputeSpec& spec, Usage& usage)
      : engine_(engine), spec_(spec), usage_(usage) {}

  Task<ExecuteStatus> execute(const Host& host, TaskId task, const TaskCost& cost) override;

 private:
  Task<> take_memory(const Host& host, const TaskCost& cost);
  Task<> share_machine(const Host& host, const TaskCost& cost);
  Task<> share_cores(const Host& host, const TaskCost& cost);
  Task<> share_memory_bus(const Host& host, const TaskCost& cost);
  void note_done(TaskId task);

  Engine& engine_;
  const ComputeSpec& spec_;
  Usage& usage_;
  std::vector<bool> done_;  // by task
};

}  // namespace wukong::sim

// Task execution in a simulation: waits as long as the task's cost takes on the host. A task whose
// working memory exceeds the host's fails at once. Tasks of one machine share its cores and its
// memory bus, those of one process what its kernel gives it.
#pragma once

#include "sim/platform/done_tasks.h"
#include "sim/platform/network.h"
#include "sim/platform/task_runner.h"
#include "sim/platform/usage.h"

namespace wukong::sim {

class ModelledTaskRunner final : public TaskRunner {
 public:
  ModelledTaskRunner(Engine& engine, Network& network, const ComputeSpec& spec, Usage& usage)
      : engine_(engine), network_(network), spec_(spec), usage_(usage), done_(usage) {}

  Task<ExecuteStatus> execute(const Host& host, TaskId task, const TaskCost& cost) override;

 private:
  Task<> take_memory(const Host& host, const TaskCost& cost);
  Task<> share_machine(const Host& host, const TaskCost& cost);
  Task<> share_cores(const Host& host, const TaskCost& cost);
  Task<> share_memory_bus(const Host& host, const TaskCost& cost);

  Engine& engine_;
  Network& network_;
  const ComputeSpec& spec_;
  Usage& usage_;
  DoneTasks done_;
};

}  // namespace wukong::sim

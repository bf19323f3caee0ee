// Task execution: the seam between a modelled and a real execution of a task's kernel. A simulation
// waits for the modelled time (ModelledTaskRunner); the emulator runs the kernel on a worker
// thread.
#pragma once

#include "sim/engine/engine.h"
#include "sim/engine/task.h"
#include "sim/platform/compute.h"
#include "sim/platform/host.h"

namespace wukong::sim {

enum class ExecuteStatus { done, failed };

class TaskRunner {
 public:
  virtual ~TaskRunner() = default;

  // Runs the task on the host, with the inputs that the host's memory holds, and leaves its outputs
  // there. Counts the execution and its time in the run's Usage.
  virtual Task<ExecuteStatus> execute(const Host& host, TaskId task, const TaskCost& cost) = 0;
};

}  // namespace wukong::sim

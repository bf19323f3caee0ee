// Task execution: the seam between a modelled and a real execution of a task's kernel. A simulation
// waits for the modelled time (ModelledTaskRunner); the emulator runs the kernel on a worker
// thread.
#pragma once

#include "sim/base/ids.h"
#include "sim/engine/task.h"

namespace wukong::hosts {
struct Host;
struct TaskCost;
}  // namespace wukong::hosts

namespace wukong::hosts {

enum class ExecuteStatus { done, failed };

class TaskRunner {
 public:
  virtual ~TaskRunner() = default;

  // Runs the task on the host, with the inputs that the host's memory holds, and leaves its outputs
  // there. Counts the execution and its time in the run's Usage.
  virtual engine::Task<ExecuteStatus> execute(const Host& host, TaskId task,
                                              const TaskCost& cost) = 0;
};

}  // namespace wukong::hosts

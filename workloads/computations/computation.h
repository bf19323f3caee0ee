// What the tasks of a workload really compute: the other half of a workload, for the emulator. A
// Computation belongs to one DAG, which outlives it, and is used from many threads at once.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/ids.h"
#include "workloads/computations/verification.h"
#include "workloads/kernels/value.h"

namespace wukong::computations {

// A result of the run by its object. Throws if the run has left none.
using Results = std::function<kernels::Value(ObjectId)>;

// Where a task runs, and from where it may be thrown out at any time.
class TaskPlace {
 public:
  virtual ~TaskPlace() = default;
  // Calls wait(), which waits for something outside this process. If the task is thrown out
  // meanwhile, give_up() is called on another thread, and must make wait() end soon.
  virtual void block(const std::function<void()>& wait, const std::function<void()>& give_up) = 0;
};

class Computation {
 public:
  virtual ~Computation() = default;
  // An object that is there before the run. REQUIRES: no task makes it, and it is not absent.
  virtual kernels::Value initial(ObjectId object) const = 0;
  // The task's outputs, from its inputs in their order. Absent ones are values without bytes.
  // Throws std::exception if the task cannot be done.
  virtual std::vector<kernels::Value> run(TaskId task,
                                          std::span<const kernels::Value> inputs) const = 0;
  // The same, for a task that waits for something outside.
  virtual std::vector<kernels::Value> run_at(TaskPlace&, TaskId task,
                                             std::span<const kernels::Value> inputs) const {
    return run(task, inputs);
  }
  // Objects that verify() asks for although a task reads them: they need not be in a store in the
  // end.
  virtual bool keeps(ObjectId) const { return false; }
  virtual Verification verify(const Results& results) const = 0;
};

}  // namespace wukong::computations

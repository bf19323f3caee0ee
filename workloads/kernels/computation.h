// What the tasks of a workload really compute: the other half of a workload, for the emulator. A
// Computation belongs to one DAG, which outlives it, and is used from many threads at once.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "workloads/dag.h"
#include "workloads/kernels/value.h"

namespace wukong::workloads {

// Whether a run's results are right: a relative error, and whether it is small enough.
struct Verification {
  std::string what;
  double residual = 0;
  bool passed = false;
};

// A result of the run by its object. Throws if the run has left none.
using Results = std::function<Value(ObjectId)>;

class Computation {
 public:
  virtual ~Computation() = default;
  // An object that is there before the run. REQUIRES: no task makes it, and it is not absent.
  virtual Value initial(ObjectId object) const = 0;
  // The task's outputs, from its inputs in their order. Absent ones are values without bytes.
  // Throws std::exception if the task cannot be done.
  virtual std::vector<Value> run(TaskId task, std::span<const Value> inputs) const = 0;
  // Objects that verify() asks for although a task reads them: they need not be in a store in the
  // end.
  virtual bool keeps(ObjectId) const { return false; }
  virtual Verification verify(const Results& results) const = 0;
};

}  // namespace wukong::workloads

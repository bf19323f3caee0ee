// Tasks that are functions of Python, for the emulator. They run on threads of their own, whose
// stacks are those of a thread: a container's would be too small. One at a time holds the
// interpreter's lock; others go on while one waits or computes without it.
#pragma once

#include <pybind11/pybind11.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "workloads/computations/computation.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::python {

class PythonTasks final : public computations::Computation {
 public:
  // `call(task, inputs)` takes a number and a list of bytes, and returns bytes; it and the DAG
  // outlive this.
  PythonTasks(const dag::Dag& dag, const pybind11::function& call, size_t threads);
  // REQUIRES: the caller does not hold the interpreter's lock. Waits for calls that nobody waits
  // for any more.
  ~PythonTasks() override;

  kernels::Value initial(ObjectId object) const override;
  std::vector<kernels::Value> run(TaskId task,
                                  std::span<const kernels::Value> inputs) const override;
  std::vector<kernels::Value> run_at(computations::TaskPlace& place, TaskId task,
                                     std::span<const kernels::Value> inputs) const override;
  // Keeps the results: they are what they are.
  computations::Verification verify(const computations::Results& results) const override;

  // By task, once the run is verified.
  const std::map<uint32_t, kernels::Value>& results() const { return results_; }

 private:
  struct Call;

  std::shared_ptr<Call> submit(TaskId task, std::span<const kernels::Value> inputs) const;
  void work();
  void make(Call& call) const;

  const dag::Dag& dag_;
  const pybind11::function& call_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::deque<std::shared_ptr<Call>> calls_;
  mutable std::map<uint32_t, kernels::Value> results_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wukong::python

#include "bench/python/python_tasks.h"

#include <cstring>
#include <stdexcept>
#include <utility>

#include "workloads/dag/dag.h"

namespace wukong::python {

namespace py = pybind11;

struct PythonTasks::Call {
  TaskId task;
  std::vector<kernels::Value> inputs;
  bool done = false;
  bool given_up = false;
  kernels::Value output;
  std::string error;  // with its traceback
};

PythonTasks::PythonTasks(const dag::Dag& dag, const py::function& call, size_t threads)
    : dag_(dag), call_(call) {
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

PythonTasks::~PythonTasks() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    calls_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

kernels::Value PythonTasks::initial(ObjectId object) const {
  kernels::Buffer zeros(dag_.size(object).actual);
  std::memset(zeros.bytes().data(), 0, zeros.bytes().size());
  return std::move(zeros).freeze();
}

std::shared_ptr<PythonTasks::Call> PythonTasks::submit(
    TaskId task, std::span<const kernels::Value> inputs) const {
  auto call = std::make_shared<Call>();
  call->task = task;
  const std::span<const ObjectId> objects = dag_.inputs(task);
  for (size_t i = 0; i < objects.size(); ++i)
    if (dag_.producer(objects[i]).valid()) call->inputs.push_back(inputs[i]);
  {
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
  }
  changed_.notify_all();
  return call;
}

std::vector<kernels::Value> PythonTasks::run_at(computations::TaskPlace& place, TaskId task,
                                                std::span<const kernels::Value> inputs) const {
  const std::shared_ptr<Call> call = submit(task, inputs);
  place.block(
      [&] {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return call->done || call->given_up; });
      },
      [&] {
        const std::lock_guard lock(mutex_);
        call->given_up = true;
        changed_.notify_all();
      });
  if (!call->error.empty()) throw std::runtime_error(call->error);
  return {call->output};
}

std::vector<kernels::Value> PythonTasks::run(TaskId task,
                                             std::span<const kernels::Value> inputs) const {
  class Here final : public computations::TaskPlace {
    void block(const std::function<void()>& wait, const std::function<void()>&) override { wait(); }
  } here;
  return run_at(here, task, inputs);
}

void PythonTasks::work() {
  while (true) {
    std::shared_ptr<Call> call;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ending_ || !calls_.empty(); });
      if (ending_) return;
      call = std::move(calls_.front());
      calls_.pop_front();
      if (call->given_up) continue;
    }
    make(*call);
    {
      const std::lock_guard lock(mutex_);
      call->done = true;
    }
    changed_.notify_all();
  }
}

void PythonTasks::make(Call& call) const {
  const py::gil_scoped_acquire lock;
  try {
    py::list inputs;
    for (const kernels::Value& input : call.inputs)
      inputs.append(
          py::bytes(reinterpret_cast<const char*>(input.bytes().data()), input.bytes().size()));
    const auto output = py::bytes(call_(call.task.value(), inputs));
    const std::string_view bytes = output;
    kernels::Buffer buffer(Bytes(static_cast<int64_t>(bytes.size())));
    std::memcpy(buffer.bytes().data(), bytes.data(), bytes.size());
    call.output = std::move(buffer).freeze();
  } catch (const std::exception& error) {
    call.error = error.what();
  }
}

computations::Verification PythonTasks::verify(const computations::Results& results) const {
  for (const TaskId task : dag_.sinks())
    for (const ObjectId object : dag_.outputs(task)) results_[task.value()] = results(object);
  return {"nothing is compared", 0, true};
}

}  // namespace wukong::python

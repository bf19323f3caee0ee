#include "sim/platform/modelled_task_runner.h"

#include <algorithm>

#include "sim/engine/span.h"

namespace wukong::sim {

Task<ExecuteStatus> ModelledTaskRunner::execute(const Host& host, TaskId task,
                                                const TaskCost& cost) {
  const Span span(engine_, {SpanKind::task, "task", host.id.value(), task.value()});
  ++usage_.executed;
  engine_.record(TraceKind::task_started, host.id.value(), task.value());
  if (cost.memory > host.memory) co_return ExecuteStatus::failed;
  const Time start = engine_.now();
  const Time alone = start + execution_time(cost, host.vcpus, spec_, host.vcpu_speed);
  if (host.memory_bus.valid()) co_await share_memory_bus(host, cost);
  if (engine_.now() < alone) co_await engine_.sleep_until(alone, "the end of a task");
  usage_.spend(Activity::execute, engine_.now() - start);
  engine_.record(TraceKind::task_finished, host.id.value(), task.value());
  note_done(task);
  co_return ExecuteStatus::done;
}

// Traffic and arithmetic overlap: the task ends with the later of both.
Task<> ModelledTaskRunner::share_memory_bus(const Host& host, const TaskCost& cost) {
  const double vcpus = std::min<double>(cost.threads, host.vcpus) * host.vcpu_speed;
  const Route bus = Route().via(host.memory_bus);
  const double rate = static_cast<double>(spec_.memory_bandwidth.count()) * vcpus;
  const auto cap = Bandwidth::bytes_per_second(static_cast<int64_t>(rate));
  co_await network_.transfer(cost.touched, bus, cap);
}

void ModelledTaskRunner::note_done(TaskId task) {
  if (task.index() >= done_.size()) done_.resize(task.index() + 1);
  if (done_[task.index()]) return;
  done_[task.index()] = true;
  ++usage_.tasks_done;
}

}  // namespace wukong::sim

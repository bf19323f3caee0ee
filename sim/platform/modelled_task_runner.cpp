#include "sim/platform/modelled_task_runner.h"

#include "sim/engine/span.h"

namespace wukong::sim {

Task<ExecuteStatus> ModelledTaskRunner::execute(const Host& host, TaskId task,
                                                const TaskCost& cost) {
  const Span span(engine_, {SpanKind::task, "task", host.id.value(), task.value()});
  ++usage_.executed;
  engine_.record(TraceKind::task_started, host.id.value(), task.value());
  if (cost.memory > host.memory) co_return ExecuteStatus::failed;
  const Duration time = execution_time(cost, host.vcpus, spec_, host.vcpu_speed);
  co_await engine_.sleep(time, "the end of a task");
  usage_.spend(Activity::execute, time);
  engine_.record(TraceKind::task_finished, host.id.value(), task.value());
  note_done(task);
  co_return ExecuteStatus::done;
}

void ModelledTaskRunner::note_done(TaskId task) {
  if (task.index() >= done_.size()) done_.resize(task.index() + 1);
  if (done_[task.index()]) return;
  done_[task.index()] = true;
  ++usage_.tasks_done;
}

}  // namespace wukong::sim

#include "sim/platform/modelled_task_runner.h"

namespace wukong::sim {

Task<ExecuteStatus> ModelledTaskRunner::execute(const Host& host, TaskId task,
                                                const TaskCost& cost) {
  ++usage_.executed;
  engine_.record(TraceKind::task_started, host.id.value(), task.value());
  if (cost.memory > host.memory) co_return ExecuteStatus::failed;
  const Duration time = execution_time(cost, host.vcpus, spec_);
  co_await engine_.sleep(time, "the end of a task");
  usage_.spend(Activity::execute, time);
  engine_.record(TraceKind::task_finished, host.id.value(), task.value());
  co_return ExecuteStatus::done;
}

}  // namespace wukong::sim

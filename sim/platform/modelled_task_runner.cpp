#include "sim/platform/modelled_task_runner.h"

namespace wukong::sim {

Task<ExecuteStatus> ModelledTaskRunner::execute(const Host& host, TaskId task,
                                                const TaskCost& cost) {
  ++usage_.executed;
  engine_.record(TraceKind::task_started, host.id.value(), task.value());
  if (cost.memory > host.memory) co_return ExecuteStatus::failed;
  co_await engine_.sleep(execution_time(cost, host.vcpus, spec_), "the end of a task");
  engine_.record(TraceKind::task_finished, host.id.value(), task.value());
  co_return ExecuteStatus::done;
}

}  // namespace wukong::sim

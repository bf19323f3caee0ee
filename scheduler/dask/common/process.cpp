#include "scheduler/dask/common/process.h"

#include "scheduler/dask/common/options.h"
#include "sim/base/fields.h"
#include "sim/engine/span.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/task_runner.h"
#include "sim/platform/platform.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_common {

void DaskProcessOptions::visit(FieldVisitor& v) {
  v.bandwidth("new_memory_gb_per_s", new_memory);
  v.duration("predict_call_us", predict_call);
}

bool keeps_interpreter(hosts::Kernel kernel) { return kernel == hosts::Kernel::qr; }

DaskProcess::DaskProcess(platform::Platform& platform, const dag::Dag& dag,
                         const hosts::Machine& machine, Bytes memory,
                         const DaskProcessOptions& options)
    : platform_(platform),
      dag_(dag),
      options_(options),
      // Its threads are for tasks; a task's BLAS has threads for all of the machine.
      host_(platform.add_process(machine.host, memory)),
      interpreter_(platform.engine(), 1) {
  host_.new_memory = network::PageFaults(platform.resources(), options.new_memory);
}

engine::Task<hosts::ExecuteStatus> DaskProcess::execute(TaskId task) {
  hosts::TaskCost cost = dag_.cost(task);
  // A task that touches no memory passes on what it was given.
  cost.allocated = cost.memory;
  if (cost.touched > Bytes(0)) cost.allocated += dag_.output_bytes(task);
  if (cost.kernel == hosts::Kernel::predict) co_await call_predict();
  if (!keeps_interpreter(cost.kernel))
    co_return co_await platform_.tasks().execute(host_, task, cost);
  const auto lock = co_await interpreter_.acquire("the interpreter's lock");
  co_return co_await platform_.tasks().execute(host_, task, cost);
}

// scikit-learn checks the samples and hands libsvm its model before it releases the lock.
engine::Task<> DaskProcess::call_predict() {
  const auto lock = co_await interpreter_.acquire("the interpreter's lock");
  const engine::Span span(platform_.engine(),
                          {engine::SpanKind::work, "call of scikit-learn", host_.id.value()});
  co_await platform_.engine().sleep(options_.predict_call, "scikit-learn's Python code");
}

}  // namespace wukong::dask_common

#include "scheduler/dask/common/process.h"

#include "scheduler/dask/common/options.h"
#include "sim/base/fields.h"
#include "sim/engine/span.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/task_runner.h"
#include "sim/platform/platform.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_common {
namespace {

// A step that touches no memory passes on what it was given.
Bytes allocated_by(const hosts::TaskCost& step, Bytes working, Bytes output) {
  return step.touched > Bytes(0) ? working + output : working;
}

}  // namespace

void DaskProcessOptions::visit(FieldVisitor& v) {
  v.bandwidth("new_memory_gb_per_s", new_memory);
  v.duration("predict_call_us", predict_call);
}

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
  host_.interpreter = &interpreter_;
}

engine::Task<hosts::ExecuteStatus> DaskProcess::execute(TaskId task) {
  hosts::TaskCost cost = dag_.cost(task);
  const auto steps = dag_.steps(task);
  bool predicts = cost.kernel == hosts::Kernel::predict;
  for (size_t i = 0; i < cost.earlier.size(); ++i) {
    hosts::TaskCost& step = cost.earlier[i];
    step.allocated = allocated_by(step, step.memory, steps[i].output);
    predicts = predicts || step.kernel == hosts::Kernel::predict;
  }
  const Bytes of_last = steps.empty() ? cost.memory : steps.back().memory;
  cost.allocated = allocated_by(cost, of_last, dag_.output_bytes(task));
  if (predicts) co_await call_predict();
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

#include "workloads/computations/serial_run.h"

#include <algorithm>

#include "workloads/dag/dag.h"

namespace wukong::computations {

Verification compare_with_serial_run(const dag::Dag& dag, const Computation& computation,
                                     const Results& results) {
  std::vector<kernels::Value> values(dag.object_count());
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      values[object.index()] = computation.initial(object);
  for (const TaskId task : dag.tasks()) {
    std::vector<kernels::Value> inputs;
    for (const ObjectId object : dag.inputs(task)) inputs.push_back(values[object.index()]);
    const std::vector<kernels::Value> outputs = computation.run(task, inputs);
    size_t next = 0;
    for (const ObjectId object : dag.outputs(task)) values[object.index()] = outputs[next++];
  }
  size_t objects = 0;
  size_t wrong = 0;
  for (const TaskId sink : dag.sinks()) {
    for (const ObjectId object : dag.outputs(sink)) {
      const kernels::Value found = results(object);
      ++objects;
      if (!std::ranges::equal(found.bytes(), values[object.index()].bytes())) ++wrong;
    }
  }
  const double residual =
      objects == 0 ? 0 : static_cast<double>(wrong) / static_cast<double>(objects);
  return {"results that differ from those of a run of one task after another", residual,
          wrong == 0};
}

}  // namespace wukong::computations

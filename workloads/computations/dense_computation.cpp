#include "workloads/computations/dense_computation.h"

#include "sim/base/error.h"
#include "sim/base/random.h"
#include "workloads/kernels/kernel_table.h"
#include "workloads/kernels/random_block.h"

namespace wukong::computations {

DenseComputation::DenseComputation(const dag::Dag& dag, uint64_t seed) : dag_(dag), seed_(seed) {
  kernels::keep_to_one_core();
  for (const TaskId task : dag.tasks())
    if (kernels::find_kernel(dag.kind(task)) == nullptr)
      throw Error(ErrorPlace{}, "a workload whose every task has a kernel",
                  "tasks of kind \"" + dag.kind(task) + "\"");
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object)) input_blocks_.push_back(object);
  if (!input_blocks_.empty()) return;
  for (const TaskId leaf : dag.leaves()) input_blocks_.push_back(dag.outputs(leaf).front());
}

kernels::Value DenseComputation::initial(ObjectId object) const {
  ENSURE(!dag_.producer(object).valid() && !dag_.absent(object), object.value());
  return kernels::random_block(seed_, object, dag_.size(object).actual);
}

kernels::Value DenseComputation::input(ObjectId object) const {
  if (!dag_.producer(object).valid()) return initial(object);
  return kernels::random_block(seed_, object,
                               dag_.size(object).actual);  // as its leaf generates it
}

std::vector<kernels::Value> DenseComputation::run(TaskId task,
                                                  std::span<const kernels::Value> inputs) const {
  kernels::KernelCall call;
  call.shape = dag_.shape(task);
  call.inputs = inputs;
  call.seed = seed_;
  for (const ObjectId object : dag_.outputs(task))
    call.output_sizes.push_back(dag_.size(object).actual);
  call.first_output = dag_.outputs(task).front();
  return kernels::find_kernel(dag_.kind(task))(call);
}

ObjectId DenseComputation::result_of(TaskId sink) const {
  const auto outputs = dag_.outputs(sink);
  ENSURE(!outputs.empty(), sink.value());
  return ObjectId(outputs.front().index() + outputs.size() - 1);
}

kernels::Matrix DenseComputation::probe(int64_t rows) const {
  constexpr int64_t kColumns = 4;
  RandomStream random(seed_, "kernels.probe");
  kernels::Matrix columns(rows, kColumns);
  for (double& number : columns.numbers) number = 2 * random.uniform() - 1;
  return columns;
}

}  // namespace wukong::computations

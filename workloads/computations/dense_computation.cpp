#include "workloads/computations/dense_computation.h"

#include "sim/base/error.h"
#include "sim/base/random.h"
#include "workloads/kernels/kernel_table.h"
#include "workloads/kernels/random_block.h"

namespace wukong::computations {

namespace {

void check_kernel(const std::string& kind) {
  if (kernels::find_kernel(kind) == nullptr)
    throw Error(ErrorPlace{}, "a workload whose every task has a kernel",
                "tasks of kind \"" + kind + "\"");
}

void check_kernels(const dag::Dag& dag, TaskId task) {
  if (dag.steps(task).empty()) check_kernel(dag.kind(task));
  for (const dag::Step& step : dag.steps(task)) check_kernel(step.kind);
}

}  // namespace

DenseComputation::DenseComputation(const dag::Dag& dag, uint64_t seed) : dag_(dag), seed_(seed) {
  kernels::keep_to_one_core();
  for (const TaskId task : dag.tasks()) check_kernels(dag, task);
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      input_blocks_.push_back({object, dag.size(object).actual});
  if (!input_blocks_.empty()) return;
  for (const TaskId leaf : dag.leaves()) {
    const ObjectId output = dag.outputs(leaf).front();
    const auto steps = dag.steps(leaf);  // the first of which generates the block
    const Bytes size = steps.empty() ? dag.size(output).actual : steps.front().output;
    input_blocks_.push_back({output, size});
  }
}

kernels::Value DenseComputation::initial(ObjectId object) const {
  ENSURE(!dag_.producer(object).valid() && !dag_.absent(object), object.value());
  return kernels::random_block(seed_, object, dag_.size(object).actual);
}

kernels::Value DenseComputation::input_block(size_t index) const {
  const InputBlock& block = input_blocks_.at(index);
  if (!dag_.producer(block.stream).valid()) return initial(block.stream);
  return kernels::random_block(seed_, block.stream, block.size);
}

std::vector<kernels::Value> DenseComputation::run(TaskId task,
                                                  std::span<const kernels::Value> inputs) const {
  if (!dag_.steps(task).empty()) return run_steps(task, inputs);
  kernels::KernelCall call;
  call.shape = dag_.shape(task);
  call.inputs = inputs;
  call.seed = seed_;
  for (const ObjectId object : dag_.outputs(task))
    call.output_sizes.push_back(dag_.size(object).actual);
  call.first_output = dag_.outputs(task).front();
  return kernels::find_kernel(dag_.kind(task))(call);
}

std::vector<kernels::Value> DenseComputation::run_steps(
    TaskId task, std::span<const kernels::Value> inputs) const {
  std::vector<kernels::Value> made;
  for (const dag::Step& step : dag_.steps(task)) {
    std::vector<kernels::Value> arguments;
    for (const dag::Step::Argument& argument : step.arguments)
      arguments.push_back(argument.made_here ? made[argument.index] : inputs[argument.index]);
    kernels::KernelCall call;
    call.shape = step.shape;
    call.inputs = arguments;
    call.seed = seed_;
    call.output_sizes = {step.output};
    call.first_output = dag_.outputs(task).front();
    made.push_back(kernels::find_kernel(step.kind)(call).front());
  }
  return {std::move(made.back())};
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

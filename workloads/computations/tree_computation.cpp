#include "workloads/computations/tree_computation.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"

namespace wukong::computations {
namespace {

class TreeComputation final : public Computation {
 public:
  TreeComputation(const generators::TreeReductionParameters& parameters, const dag::Dag& dag)
      : dag_(dag), elements_(static_cast<double>(parameters.elements)), size_(parameters.value) {}

  kernels::Value initial(ObjectId object) const override {
    ENSURE(false && "every object is made by a task", object.value());
    return {};
  }

  // A leaf adds two literals; where the number of elements is odd, one task adds the last of them.
  std::vector<kernels::Value> run(TaskId task,
                                  std::span<const kernels::Value> inputs) const override {
    kernels::Buffer sum(size_);
    std::ranges::fill(sum.bytes(), std::byte{0});
    const auto leaf = static_cast<double>(task.index());
    double literals = 0;
    if (inputs.empty()) literals = (2 * leaf + 1) + (2 * leaf + 2);
    if (inputs.size() == 1) literals = elements_;
    std::ranges::fill(sum.numbers(), literals);
    for (const kernels::Value& input : inputs)
      for (size_t i = 0; i < sum.numbers().size(); ++i) sum.numbers()[i] += input.numbers()[i];
    std::vector<kernels::Value> values;
    values.push_back(std::move(sum).freeze());
    return values;
  }

  Verification verify(const Results& results) const override {
    const kernels::Value sum = results(dag_.outputs(dag_.sinks().front()).front());
    const double expected = elements_ * (elements_ + 1) / 2;
    double residual = 0;
    for (const double number : sum.numbers())
      residual = std::max(residual, std::abs(number - expected) / expected);
    return {"|sum - n (n + 1) / 2| / sum", residual, residual == 0};
  }

 private:
  const dag::Dag& dag_;
  double elements_;
  Bytes size_;
};

}  // namespace

std::unique_ptr<Computation> compute_tree_reduction(
    const generators::TreeReductionParameters& parameters, const dag::Dag& dag, dag::DagForm,
    uint64_t) {
  if (parameters.value < Bytes(8))
    throw Error(ErrorPlace{"", 0, "workload.tree_reduction.value_bytes"},
                "at least 8 to emulate, a number", std::to_string(parameters.value.count()));
  return std::make_unique<TreeComputation>(parameters, dag);
}

}  // namespace wukong::computations

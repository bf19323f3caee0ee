#include <map>
#include <utility>

#include "workloads/computations/dense_computation.h"
#include "workloads/computations/dense_workloads.h"
#include "workloads/kernels/block_product.h"

namespace wukong::computations {
namespace {

class CholeskyComputation final : public DenseComputation {
 public:
  CholeskyComputation(const dag::Dag& dag, uint64_t seed, const linear_algebra::Blocking& blocking)
      : DenseComputation(dag, seed), blocking_(blocking) {
    int64_t pivot = -1;
    int64_t row = 0;
    for (const TaskId task : dag.tasks()) {
      if (dag.kind(task) == "cholesky") row = ++pivot;
      if (dag.kind(task) == "trsm") ++row;
      if (keeps(dag.outputs(task).front())) factor_[{row, pivot}] = dag.outputs(task).front();
    }
  }

  // The lower triangle of a symmetric matrix, made positive definite by its diagonal.
  kernels::Value initial(ObjectId object) const override {
    const kernels::Value random = DenseComputation::initial(object);
    const auto [i, j] = place(object);
    if (i != j) return random;
    const int64_t extent = blocking_.size(i);
    const kernels::MatrixView block = kernels::view_of(random.numbers(), extent, extent);
    kernels::Buffer symmetric(random.size());
    double* const to = symmetric.numbers().data();
    for (int64_t column = 0; column < extent; ++column)
      for (int64_t row = 0; row < extent; ++row)
        to[column * extent + row] =
            (block.data[column * extent + row] + block.data[row * extent + column]) / 2 +
            (row == column ? static_cast<double>(blocking_.length) : 0);
    return std::move(symmetric).freeze();
  }

  // Factors of all pivots, though later tasks read them.
  bool keeps(ObjectId object) const override {
    const TaskId producer = dag().producer(object);
    return producer.valid() &&
           (dag().kind(producer) == "cholesky" || dag().kind(producer) == "trsm");
  }

  Verification verify(const Results& results) const override {
    const kernels::Matrix x = probe(blocking_.length);
    kernels::Matrix expected(x.rows, x.columns);
    kernels::Matrix upper(x.rows, x.columns);
    for (int64_t i = 0; i < blocking_.count(); ++i) {
      for (int64_t j = 0; j <= i; ++j) {
        const kernels::Value a = input_block(static_cast<size_t>(i * (i + 1) / 2 + j));
        kernels::add_block_product(blocking_, i, j, a, kernels::Transposed::no, x, expected);
        if (i != j)
          kernels::add_block_product(blocking_, i, j, a, kernels::Transposed::yes, x, expected);
        const kernels::Value l = results(factor_.at({i, j}));
        kernels::add_block_product(blocking_, i, j, l, kernels::Transposed::yes, x, upper);
      }
    }
    kernels::Matrix found(x.rows, x.columns);
    for (const auto& [at, object] : factor_)
      kernels::add_block_product(blocking_, at.first, at.second, results(object),
                                 kernels::Transposed::no, upper, found);
    const double residual = kernels::norm_of_difference(found, expected) / kernels::norm(expected);
    return {"|A x - L (L^T x)| / |A x|", residual, residual < kTolerance};
  }

 private:
  // Inputs come row by row, each up to the diagonal.
  static std::pair<int64_t, int64_t> place(ObjectId object) {
    int64_t row = 0;
    auto index = static_cast<int64_t>(object.index());
    while (index > row) index -= ++row;
    return {row, index};
  }

  linear_algebra::Blocking blocking_;
  std::map<std::pair<int64_t, int64_t>, ObjectId> factor_;
};

}  // namespace

std::unique_ptr<Computation> compute_cholesky(
    const linear_algebra::SquareMatrixParameters& parameters, const dag::Dag& dag, dag::DagForm,
    uint64_t seed) {
  const linear_algebra::Blocking blocking{.length = parameters.n, .block = parameters.block};
  return std::make_unique<CholeskyComputation>(dag, seed, blocking);
}

}  // namespace wukong::computations

#include <algorithm>
#include <cmath>

#include "workloads/computations/dense_computation.h"
#include "workloads/computations/dense_workloads.h"
#include "workloads/kernels/block_product.h"
#include "workloads/linear_algebra/blocking.h"

namespace wukong::computations {
namespace {

// The largest of | |A v_i| - sigma_i | / sigma_1 and of the rows' distance from orthonormal ones.
// The rows of `vt` are right singular vectors of A, the first ones first.
double error_of_vectors(kernels::MatrixView a, const kernels::Matrix& vt) {
  const std::vector<double> sigma = kernels::singular_values(a);
  const kernels::Matrix images =
      kernels::product_of(a, vt, kernels::Transposed::no, kernels::Transposed::yes);
  double error = 0;
  for (int64_t i = 0; i < vt.rows; ++i) {
    const double length = kernels::norm({images.numbers.data() + i * images.rows, images.rows, 1});
    const double direct = sigma[static_cast<size_t>(i)];
    error = std::max(error, std::abs(length - direct) / sigma.front());
  }
  kernels::Matrix gram =
      kernels::product_of(vt, vt, kernels::Transposed::no, kernels::Transposed::yes);
  for (int64_t i = 0; i < gram.rows; ++i) gram.at(i, i) -= 1;
  return std::max(error, kernels::norm(gram));
}

class Svd1Computation final : public DenseComputation {
 public:
  Svd1Computation(const dag::Dag& dag, uint64_t seed,
                  const linear_algebra::Svd1Parameters& parameters)
      : DenseComputation(dag, seed),
        rows_{.length = parameters.rows, .block = parameters.block_rows},
        columns_(parameters.columns) {}

  Verification verify(const Results& results) const override {
    kernels::Matrix a(rows_.length, columns_);
    for (int64_t i = 0; i < rows_.count(); ++i) {
      const kernels::Value block = input_block(static_cast<size_t>(i));
      kernels::add_rows(
          a, i * rows_.block,
          kernels::Matrix(kernels::view_of(block.numbers(), rows_.size(i), columns_)));
    }
    const kernels::Value v = results(result_of(dag().sinks().front()));
    const double residual =
        error_of_vectors(a, kernels::Matrix(kernels::view_of(v.numbers(), columns_, columns_)));
    return {"||A v_i| - sigma_i| / sigma_1 for directly computed sigma_i, |V^T V - I|", residual,
            residual < kTolerance};
  }

 private:
  linear_algebra::Blocking rows_;
  int64_t columns_;
};

class Svd2Computation final : public DenseComputation {
 public:
  Svd2Computation(const dag::Dag& dag, uint64_t seed, const linear_algebra::Blocking& blocking,
                  linear_algebra::Svd2Result result)
      : DenseComputation(dag, seed), blocking_(blocking), result_(result) {}

  Verification verify(const Results& results) const override {
    const kernels::Matrix compressed = compress();
    const double residual = result_ == linear_algebra::Svd2Result::s
                                ? error_of_values(results, compressed)
                                : error_of_vectors(compressed, vt(results));
    return {"singular values of Q^T A, against a direct svd of it", residual,
            residual < kTolerance};
  }

 private:
  size_t blocks() const { return static_cast<size_t>(blocking_.count()); }

  // Q^T A for the Q of A Omega.
  kernels::Matrix compress() const {
    const auto a = [&](int64_t i, int64_t j) {
      return input_block(static_cast<size_t>(i) * blocks() + static_cast<size_t>(j));
    };
    kernels::Matrix omega(0, 0);
    for (int64_t j = 0; j < blocking_.count(); ++j) {
      const kernels::Value block = input_block(blocks() * blocks() + static_cast<size_t>(j));
      const auto level = static_cast<int64_t>(block.numbers().size()) / blocking_.size(j);
      if (j == 0) omega = kernels::Matrix(blocking_.length, level);
      const kernels::MatrixView rows = kernels::view_of(block.numbers(), blocking_.size(j), level);
      kernels::add_rows(omega, j * blocking_.block, kernels::Matrix(rows));
    }
    const kernels::Matrix sketch = kernels::block_product(blocking_, a, omega);
    const int64_t rank = std::min(sketch.rows, sketch.columns);
    kernels::Matrix q(sketch.rows, rank);
    kernels::Matrix r(rank, sketch.columns);
    kernels::factor_qr(sketch, q.numbers.data(), r.numbers.data());
    kernels::Matrix transposed(blocking_.length, rank);  // A^T Q
    for (int64_t i = 0; i < blocking_.count(); ++i)
      for (int64_t j = 0; j < blocking_.count(); ++j)
        kernels::add_block_product(blocking_, i, j, a(i, j), kernels::Transposed::yes, q,
                                   transposed);
    kernels::Matrix compressed(rank, blocking_.length);
    for (int64_t row = 0; row < rank; ++row)
      for (int64_t column = 0; column < blocking_.length; ++column)
        compressed.at(row, column) = transposed.at(column, row);
    return compressed;
  }

  // Each sink has some columns of it.
  kernels::Matrix vt(const Results& results) const {
    kernels::Matrix all(0, 0);
    for (size_t j = 0; j < blocks(); ++j) {
      const kernels::Value part = results(result_of(dag().sinks()[j]));
      const auto index = static_cast<int64_t>(j);
      const auto rows = static_cast<int64_t>(part.numbers().size()) / blocking_.size(index);
      if (j == 0) all = kernels::Matrix(rows, blocking_.length);
      std::ranges::copy(part.numbers(), &all.at(0, index * blocking_.block));
    }
    return all;
  }

  static double error_of_values_in(std::span<const double> found,
                                   const std::vector<double>& expected) {
    double error = found.size() == expected.size() ? 0 : 1;
    for (size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
      error = std::max(error, std::abs(found[i] - expected[i]) / expected.front());
    return error;
  }

  double error_of_values(const Results& results, const kernels::Matrix& compressed) const {
    const kernels::Value s = results(result_of(dag().sinks().front()));
    return error_of_values_in(s.numbers(), kernels::singular_values(compressed));
  }

  linear_algebra::Blocking blocking_;
  linear_algebra::Svd2Result result_;
};

}  // namespace

std::unique_ptr<Computation> compute_svd1(const linear_algebra::Svd1Parameters& parameters,
                                          const dag::Dag& dag, dag::DagForm, uint64_t seed) {
  return std::make_unique<Svd1Computation>(dag, seed, parameters);
}

std::unique_ptr<Computation> compute_svd2(const linear_algebra::Svd2Parameters& parameters,
                                          const dag::Dag& dag, dag::DagForm, uint64_t seed) {
  const linear_algebra::Blocking blocking{
      .length = parameters.n,
      .block = parameters.block.value_or(linear_algebra::default_svd2_block(parameters.n))};
  return std::make_unique<Svd2Computation>(dag, seed, blocking, parameters.result);
}

}  // namespace wukong::computations

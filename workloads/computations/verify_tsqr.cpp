#include <algorithm>
#include <cmath>

#include "workloads/computations/dense_computation.h"
#include "workloads/computations/dense_workloads.h"

namespace wukong::computations {
namespace {

class TsqrComputation final : public DenseComputation {
 public:
  TsqrComputation(const dag::Dag& dag, uint64_t seed,
                  const linear_algebra::TsqrParameters& parameters, bool with_q)
      : DenseComputation(dag, seed), columns_(parameters.columns), with_q_(with_q) {}

  Verification verify(const Results& results) const override {
    const auto sinks = dag().sinks();
    const kernels::Value r_value = results(result_of(sinks.front()));
    const int64_t rank = static_cast<int64_t>(r_value.numbers().size()) / columns_;
    const kernels::MatrixView r = kernels::view_of(r_value.numbers(), rank, columns_);
    const kernels::Matrix expected = kernels::product_of(r, r, kernels::Transposed::yes);
    kernels::Matrix gram(columns_, columns_);
    for (size_t i = 0; i < input_blocks(); ++i) {
      const kernels::Value block = input_block(i);
      const kernels::MatrixView a = rows(block);
      kernels::multiply(1, a, kernels::Transposed::yes, a, kernels::Transposed::no, 1,
                        gram.numbers.data());
    }
    double residual = kernels::norm_of_difference(gram, expected) / kernels::norm(gram);
    if (with_q_) residual = std::max(residual, error_of_q(results, r));
    if (rank == columns_) residual = std::max(residual, orthogonality(results, r));
    return {with_q_ ? "|A - QR| / |A|, |Q^T Q - I|"
                    : "|A^T A - R^T R| / |A^T A|, |Q^T Q - I| for Q = A R^-1",
            residual, residual < kTolerance};
  }

 private:
  kernels::MatrixView rows(const kernels::Value& block) const {
    const auto numbers = block.numbers();
    return kernels::view_of(numbers, static_cast<int64_t>(numbers.size()) / columns_, columns_);
  }

  // Blocks of Q are the sinks after R, in the order of the rows.
  kernels::Value q_block(const Results& results, size_t index) const {
    return results(result_of(dag().sinks()[index + 1]));
  }

  double error_of_q(const Results& results, kernels::MatrixView r) const {
    double squares = 0;
    double squares_of_a = 0;
    for (size_t i = 0; i < input_blocks(); ++i) {
      const kernels::Value block = input_block(i);
      const kernels::Value q = q_block(results, i);
      const kernels::MatrixView a = rows(block);
      const kernels::MatrixView q_rows = kernels::view_of(q.numbers(), a.rows, r.rows);
      const double difference = kernels::norm_of_difference(kernels::product_of(q_rows, r), a);
      squares += difference * difference;
      squares_of_a += kernels::norm(a) * kernels::norm(a);
    }
    return std::sqrt(squares / squares_of_a);
  }

  double orthogonality(const Results& results, kernels::MatrixView r) const {
    kernels::Matrix gram(columns_, columns_);
    for (size_t i = 0; i < input_blocks(); ++i) {
      const kernels::Value block = with_q_ ? q_block(results, i) : input_block(i);
      kernels::Matrix q(rows(block));
      if (!with_q_) kernels::solve_right(r, q.rows, q.numbers.data());
      kernels::multiply(1, q, kernels::Transposed::yes, q, kernels::Transposed::no, 1,
                        gram.numbers.data());
    }
    for (int64_t i = 0; i < columns_; ++i) gram.at(i, i) -= 1;
    return kernels::norm(gram);
  }

  int64_t columns_;
  bool with_q_;
};

}  // namespace

std::unique_ptr<Computation> compute_tsqr(const linear_algebra::TsqrParameters& parameters,
                                          const dag::Dag& dag, dag::DagForm form, uint64_t seed) {
  const bool with_q = form == dag::DagForm::dask && parameters.with_q;
  return std::make_unique<TsqrComputation>(dag, seed, parameters, with_q);
}

}  // namespace wukong::computations

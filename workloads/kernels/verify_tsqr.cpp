#include <algorithm>
#include <cmath>

#include "workloads/kernels/dense_computation.h"
#include "workloads/kernels/dense_workloads.h"

namespace wukong::workloads {
namespace {

class TsqrComputation final : public DenseComputation {
 public:
  TsqrComputation(const Dag& dag, uint64_t seed, const TsqrParameters& parameters, bool with_q)
      : DenseComputation(dag, seed), columns_(parameters.columns), with_q_(with_q) {}

  Verification verify(const Results& results) const override {
    const auto sinks = dag().sinks();
    const Value r_value = results(result_of(sinks.front()));
    const int64_t rank = static_cast<int64_t>(r_value.numbers().size()) / columns_;
    const MatrixView r = view_of(r_value.numbers(), rank, columns_);
    const Matrix expected = product_of(r, r, Transposed::yes);
    Matrix gram(columns_, columns_);
    for (size_t i = 0; i < input_blocks().size(); ++i) {
      const Value block = input_block(i);
      const MatrixView a = rows(block);
      multiply(1, a, Transposed::yes, a, Transposed::no, 1, gram.numbers.data());
    }
    double residual = norm_of_difference(gram, expected) / norm(gram);
    if (with_q_) residual = std::max(residual, error_of_q(results, r));
    if (rank == columns_) residual = std::max(residual, orthogonality(results, r));
    return {with_q_ ? "|A - QR| / |A|, |Q^T Q - I|"
                    : "|A^T A - R^T R| / |A^T A|, |Q^T Q - I| for Q = A R^-1",
            residual, residual < kTolerance};
  }

 private:
  MatrixView rows(const Value& block) const {
    const auto numbers = block.numbers();
    return view_of(numbers, static_cast<int64_t>(numbers.size()) / columns_, columns_);
  }

  // Blocks of Q are the sinks after R, in the order of the rows.
  Value q_block(const Results& results, size_t index) const {
    return results(result_of(dag().sinks()[index + 1]));
  }

  double error_of_q(const Results& results, MatrixView r) const {
    double squares = 0;
    double squares_of_a = 0;
    for (size_t i = 0; i < input_blocks().size(); ++i) {
      const Value block = input_block(i);
      const Value q = q_block(results, i);
      const MatrixView a = rows(block);
      const MatrixView q_rows = view_of(q.numbers(), a.rows, r.rows);
      const double difference = norm_of_difference(product_of(q_rows, r), a);
      squares += difference * difference;
      squares_of_a += norm(a) * norm(a);
    }
    return std::sqrt(squares / squares_of_a);
  }

  double orthogonality(const Results& results, MatrixView r) const {
    Matrix gram(columns_, columns_);
    for (size_t i = 0; i < input_blocks().size(); ++i) {
      const Value block = with_q_ ? q_block(results, i) : input_block(i);
      Matrix q(rows(block));
      if (!with_q_) solve_right(r, q.rows, q.numbers.data());
      multiply(1, q, Transposed::yes, q, Transposed::no, 1, gram.numbers.data());
    }
    for (int64_t i = 0; i < columns_; ++i) gram.at(i, i) -= 1;
    return norm(gram);
  }

  int64_t columns_;
  bool with_q_;
};

}  // namespace

std::unique_ptr<Computation> compute_tsqr(const TsqrParameters& parameters, const Dag& dag,
                                          DagForm form, uint64_t seed) {
  const bool with_q = form == DagForm::dask && parameters.with_q;
  return std::make_unique<TsqrComputation>(dag, seed, parameters, with_q);
}

}  // namespace wukong::workloads

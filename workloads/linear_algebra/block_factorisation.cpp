#include "workloads/linear_algebra/block_factorisation.h"

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/task_limit.h"
#include "workloads/linear_algebra/block_grid.h"

namespace wukong::linear_algebra {
namespace {

class FactorisationDag {
 public:
  FactorisationDag(const BlockFactorisation& factorisation, const SquareMatrix& matrix)
      : factorisation_(factorisation), matrix_(matrix), blocks_(matrix.blocks(), matrix.blocks()) {}

  dag::Dag build() {
    for (int64_t i = 0; i < matrix_.blocks(); ++i)
      for (int64_t j = 0; j < stored_columns(i); ++j)
        blocks_.at(i, j) = builder_.add_input(matrix_.size(i, j));
    for (int64_t pivot = 0; pivot < matrix_.blocks(); ++pivot) {
      factor(pivot);
      for (int64_t k = pivot + 1; k < matrix_.blocks(); ++k) {
        if (!factorisation_.symmetric) solve(pivot, pivot, k);
        solve(pivot, k, pivot);
      }
      for (int64_t i = pivot + 1; i < matrix_.blocks(); ++i)
        for (int64_t j = pivot + 1; j < stored_columns(i); ++j) update(pivot, i, j);
    }
    return builder_.build();
  }

 private:
  int64_t stored_columns(int64_t row) const {
    return factorisation_.symmetric ? row + 1 : matrix_.blocks();
  }

  void factor(int64_t pivot) {
    const dag::KindId kind = factorisation_.factor(kinds_, matrix_.extent(pivot));
    ObjectId& diagonal = blocks_.at(pivot, pivot);
    diagonal = builder_.compute(kind, {diagonal}, matrix_.size(pivot, pivot));
  }

  // One of row and column is the pivot; the other one's blocks are solved for.
  void solve(int64_t pivot, int64_t row, int64_t column) {
    const dag::KindId kind = factorisation_.solve(kinds_, matrix_.extent(pivot),
                                                  matrix_.extent(row == pivot ? column : row));
    ObjectId& block = blocks_.at(row, column);
    block = builder_.compute(kind, {blocks_.at(pivot, pivot), block}, matrix_.size(row, column));
  }

  // On a symmetric matrix's diagonal both factors are the same block, which numpywren reads twice.
  void update(int64_t pivot, int64_t i, int64_t j) {
    const dag::KindId kind =
        factorisation_.update(kinds_, matrix_.extent(i), matrix_.extent(pivot), matrix_.extent(j));
    const ObjectId right = factorisation_.symmetric ? blocks_.at(j, pivot) : blocks_.at(pivot, j);
    ObjectId& block = blocks_.at(i, j);
    block = builder_.compute(kind, {block, blocks_.at(i, pivot), right}, matrix_.size(i, j));
  }

  const BlockFactorisation& factorisation_;
  SquareMatrix matrix_;
  dag::DagBuilder builder_;
  KindTable kinds_{builder_};
  BlockGrid blocks_;
};

}  // namespace

dag::Dag make_block_factorisation(const BlockFactorisation& factorisation, const std::string& key,
                                  const SquareMatrixParameters& parameters) {
  ENSURE(parameters.n >= 1 && parameters.block >= 1, parameters.n, parameters.block);
  const SquareMatrix matrix(parameters);
  dag::check_task_count(key, factorisation.tasks(matrix.blocks()));
  return FactorisationDag(factorisation, matrix).build();
}

hosts::TaskCost triangular_solve_cost(double flops, int64_t triangle, int64_t others) {
  return dag::blas_cost(
      hosts::Kernel::trsm, flops,
      dag::matrix_bytes(triangle, triangle) + 2 * dag::matrix_bytes(others, triangle));
}

}  // namespace wukong::linear_algebra

#include "workloads/cholesky.h"

#include "sim/base/check.h"
#include "workloads/block_grid.h"
#include "workloads/dag_builder.h"
#include "workloads/kind_table.h"
#include "workloads/task_limit.h"

namespace wukong::workloads {
namespace {

class CholeskyDag {
 public:
  explicit CholeskyDag(const SquareMatrix& matrix)
      : matrix_(matrix), blocks_(matrix.blocks(), matrix.blocks()) {}

  Dag build() {
    for (int64_t i = 0; i < matrix_.blocks(); ++i)
      for (int64_t j = 0; j <= i; ++j) blocks_.at(i, j) = builder_.add_input(matrix_.size(i, j));
    for (int64_t pivot = 0; pivot < matrix_.blocks(); ++pivot) {
      factor(pivot);
      for (int64_t i = pivot + 1; i < matrix_.blocks(); ++i) solve(pivot, i);
      for (int64_t i = pivot + 1; i < matrix_.blocks(); ++i)
        for (int64_t j = pivot + 1; j <= i; ++j) update(pivot, i, j);
    }
    return builder_.build();
  }

 private:
  void factor(int64_t pivot) {
    const int64_t extent = matrix_.extent(pivot);
    const KindId kind = kinds_.get("cholesky", {extent}, [&] {
      return blas_cost(sim::Kernel::cholesky, product(extent, extent, extent) / 3,
                       2 * matrix_bytes(extent, extent));
    });
    ObjectId& diagonal = blocks_.at(pivot, pivot);
    diagonal = builder_.compute(kind, {diagonal}, matrix_.size(pivot, pivot));
  }

  void solve(int64_t pivot, int64_t i) {
    const int64_t rows = matrix_.extent(i);
    const int64_t columns = matrix_.extent(pivot);
    const KindId kind = kinds_.get("trsm", {rows, columns}, [&] {
      return blas_cost(sim::Kernel::trsm, product(rows, columns, columns),
                       matrix_bytes(columns, columns) + 2 * matrix_bytes(rows, columns));
    });
    ObjectId& block = blocks_.at(i, pivot);
    block = builder_.compute(kind, {blocks_.at(pivot, pivot), block}, matrix_.size(i, pivot));
  }

  // On the diagonal both factors are the same block, which numpywren reads twice.
  void update(int64_t pivot, int64_t i, int64_t j) {
    const int64_t rows = matrix_.extent(i);
    const int64_t columns = matrix_.extent(j);
    const int64_t inner = matrix_.extent(pivot);
    const KindId kind = kinds_.get("syrk", {rows, columns, inner}, [&] {
      const double flops = gemm_flops(rows, inner, columns) + product(rows, columns, 1);
      return blas_cost(sim::Kernel::syrk, flops,
                       matrix_bytes(rows + columns, inner) + 2 * matrix_bytes(rows, columns));
    });
    ObjectId& block = blocks_.at(i, j);
    block = builder_.compute(kind, {block, blocks_.at(i, pivot), blocks_.at(j, pivot)},
                             matrix_.size(i, j));
  }

  SquareMatrix matrix_;
  DagBuilder builder_;
  KindTable kinds_{builder_};
  BlockGrid blocks_;
};

}  // namespace

Dag make_cholesky(const SquareMatrixParameters& parameters, DagForm) {
  ENSURE(parameters.n >= 1 && parameters.block >= 1, parameters.n, parameters.block);
  const SquareMatrix matrix(parameters);
  const int64_t blocks = matrix.blocks();
  check_task_count("workload.cholesky.block", product(blocks, blocks + 1, blocks + 2) / 6);
  return CholeskyDag(matrix).build();
}

}  // namespace wukong::workloads

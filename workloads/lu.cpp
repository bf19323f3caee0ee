#include "workloads/lu.h"

#include "sim/base/check.h"
#include "workloads/block_grid.h"
#include "workloads/dag_builder.h"
#include "workloads/kind_table.h"
#include "workloads/task_limit.h"

namespace wukong::workloads {
namespace {

class LuDag {
 public:
  explicit LuDag(const SquareMatrix& matrix)
      : matrix_(matrix), blocks_(matrix.blocks(), matrix.blocks()) {}

  Dag build() {
    for (int64_t i = 0; i < matrix_.blocks(); ++i)
      for (int64_t j = 0; j < matrix_.blocks(); ++j)
        blocks_.at(i, j) = builder_.add_input(matrix_.size(i, j));
    for (int64_t pivot = 0; pivot < matrix_.blocks(); ++pivot) {
      factor(pivot);
      for (int64_t k = pivot + 1; k < matrix_.blocks(); ++k) {
        solve(pivot, pivot, k);
        solve(pivot, k, pivot);
      }
      for (int64_t i = pivot + 1; i < matrix_.blocks(); ++i)
        for (int64_t j = pivot + 1; j < matrix_.blocks(); ++j) update(pivot, i, j);
    }
    return builder_.build();
  }

 private:
  void factor(int64_t pivot) {
    const int64_t extent = matrix_.extent(pivot);
    const KindId kind = kinds_.get("getrf", {extent}, [&] {
      return blas_cost(sim::Kernel::lu, 2 * product(extent, extent, extent) / 3,
                       2 * matrix_bytes(extent, extent));
    });
    ObjectId& diagonal = blocks_.at(pivot, pivot);
    diagonal = builder_.compute(kind, {diagonal}, matrix_.size(pivot, pivot));
  }

  // One of row and column is the pivot; the other one's blocks are solved for.
  void solve(int64_t pivot, int64_t row, int64_t column) {
    const int64_t triangle = matrix_.extent(pivot);
    const int64_t others = matrix_.extent(row == pivot ? column : row);
    const KindId kind = kinds_.get("trsm", {triangle, others}, [&] {
      return blas_cost(sim::Kernel::trsm, product(triangle, triangle, others),
                       matrix_bytes(triangle, triangle) + 2 * matrix_bytes(triangle, others));
    });
    ObjectId& block = blocks_.at(row, column);
    block = builder_.compute(kind, {blocks_.at(pivot, pivot), block}, matrix_.size(row, column));
  }

  void update(int64_t pivot, int64_t i, int64_t j) {
    const int64_t rows = matrix_.extent(i);
    const int64_t columns = matrix_.extent(j);
    const int64_t inner = matrix_.extent(pivot);
    const KindId kind = kinds_.get("gemm", {rows, inner, columns}, [&] {
      return blas_cost(sim::Kernel::gemm, gemm_flops(rows, inner, columns),
                       matrix_bytes(rows + columns, inner) + 2 * matrix_bytes(rows, columns));
    });
    ObjectId& block = blocks_.at(i, j);
    block = builder_.compute(kind, {block, blocks_.at(i, pivot), blocks_.at(pivot, j)},
                             matrix_.size(i, j));
  }

  SquareMatrix matrix_;
  DagBuilder builder_;
  KindTable kinds_{builder_};
  BlockGrid blocks_;
};

}  // namespace

Dag make_lu(const SquareMatrixParameters& parameters, DagForm) {
  ENSURE(parameters.n >= 1 && parameters.block >= 1, parameters.n, parameters.block);
  const SquareMatrix matrix(parameters);
  const int64_t blocks = matrix.blocks();
  check_task_count("workload.lu.block", product(blocks, blocks + 1, 2 * blocks + 1) / 6);
  return LuDag(matrix).build();
}

}  // namespace wukong::workloads

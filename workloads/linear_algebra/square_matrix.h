// A square matrix in square blocks, as numpywren stores it: the last row and the last column of
// blocks may be smaller, but a block's declared shape is always the full one. numpywren's counters
// add up declared shapes; what moves is the smaller block.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/linear_algebra/blocking.h"

namespace wukong::linear_algebra {

// The parameters of numpywren's factorisations.
struct SquareMatrixParameters {
  int64_t n = 0;         // no default
  int64_t block = 4096;  // numpywren's in all its experiments

  void visit(FieldVisitor& v) {
    v.about("Rows and columns of the matrix").field("n", n, {1, 1e9});
    v.about("Rows and columns of a block").field("block", block, {1, 1e6});
  }
};

class SquareMatrix {
 public:
  explicit SquareMatrix(const SquareMatrixParameters& parameters)
      : blocking_{.length = parameters.n, .block = parameters.block} {}

  // Blocks on a side.
  int64_t blocks() const { return blocking_.count(); }
  // Rows of the blocks of a row, which are the columns of those of a column.
  int64_t extent(int64_t index) const { return blocking_.size(index); }
  ObjectSize size(int64_t row, int64_t column) const {
    return declared_full(extent(row), extent(column));
  }
  // A block of this shape.
  ObjectSize declared_full(int64_t rows, int64_t columns) const {
    return {.actual = dag::matrix_bytes(rows, columns),
            .nominal = dag::matrix_bytes(blocking_.block, blocking_.block)};
  }

 private:
  Blocking blocking_;
};

}  // namespace wukong::linear_algebra

// A matrix in blocks times a few columns, without putting the blocks together.
#pragma once

#include <algorithm>

#include "workloads/kernels/matrix.h"
#include "workloads/kernels/value.h"
#include "workloads/linear_algebra/blocking.h"

namespace wukong::kernels {

inline Matrix rows_of(const Matrix& matrix, int64_t first, int64_t count) {
  Matrix part(count, matrix.columns);
  for (int64_t column = 0; column < matrix.columns; ++column)
    for (int64_t row = 0; row < count; ++row) part.at(row, column) = matrix.at(first + row, column);
  return part;
}

inline void add_rows(Matrix& matrix, int64_t first, const Matrix& part) {
  for (int64_t column = 0; column < part.columns; ++column)
    for (int64_t row = 0; row < part.rows; ++row)
      matrix.at(first + row, column) += part.at(row, column);
}

// result rows of block row i += op(block) * rows of `columns` of block column j, or the other way
// round if the block is transposed.
inline void add_block_product(const linear_algebra::Blocking& blocking, int64_t i, int64_t j,
                              const Value& block, Transposed transposed, const Matrix& columns,
                              Matrix& result) {
  const bool turned = transposed == Transposed::yes;
  const int64_t to = turned ? j : i;
  const int64_t from = turned ? i : j;
  const Matrix part = rows_of(columns, from * blocking.block, blocking.size(from));
  const MatrixView view = view_of(block.numbers(), blocking.size(i), blocking.size(j));
  add_rows(result, to * blocking.block, product_of(view, part, transposed));
}

// A square matrix of blocks times `columns`; block(i, j) gives a block.
template <class Block>
Matrix block_product(const linear_algebra::Blocking& blocking, const Block& block,
                     const Matrix& columns) {
  Matrix result(blocking.length, columns.columns);
  for (int64_t i = 0; i < blocking.count(); ++i)
    for (int64_t j = 0; j < blocking.count(); ++j)
      add_block_product(blocking, i, j, block(i, j), Transposed::no, columns, result);
  return result;
}

}  // namespace wukong::kernels

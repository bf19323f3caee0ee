// Right-looking factorisations of a square matrix in blocks, such as Cholesky's and LU: factor the
// diagonal block, solve for the blocks of its column (and row), update what is left.
#pragma once

#include <string>

#include "workloads/linear_algebra/kind_table.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// What tells one from another.
struct BlockFactorisation {
  // Only the lower triangle of blocks is stored; the upper one is its transpose.
  bool symmetric;
  // Of B blocks on a side: how many tasks there are, about.
  double (*tasks)(int64_t blocks);
  // The kinds of its tasks, by their blocks' extents. A diagonal block is factored;
  dag::KindId (*factor)(KindTable& kinds, int64_t extent);
  // it is a triangle, by which so many rows or columns are solved for;
  dag::KindId (*solve)(KindTable& kinds, int64_t triangle, int64_t others);
  // rows x inner by inner x columns is subtracted from a block.
  dag::KindId (*update)(KindTable& kinds, int64_t rows, int64_t inner, int64_t columns);
};

// `key` is the parameter to blame for more tasks than any DAG should have, which is an Error.
dag::Dag make_block_factorisation(const BlockFactorisation& factorisation, const std::string& key,
                                  const SquareMatrixParameters& parameters);

// The cost of solving for a block by a triangle.
hosts::TaskCost triangular_solve_cost(double flops, int64_t triangle, int64_t others);

}  // namespace wukong::linear_algebra

// One step of numpywren's tiled factorisations: the blocks of a column are factored, their R's are
// reduced in pairs by a binary tree, and every column to the right gets the same transformations.
// On the matrix's transpose the same step makes an LQ of a row. QR and BDFAC are made of these.
//
// A block without a partner in a level of the tree still passes through a task.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/dag/dag_builder.h"
#include "workloads/linear_algebra/block_grid.h"
#include "workloads/linear_algebra/kind_table.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

class TiledQr {
 public:
  explicit TiledQr(const SquareMatrixParameters& parameters);

  int64_t blocks() const { return matrix_.blocks(); }

  // QR of column `panel` from row `first` down; transforms the columns after it.
  void eliminate_column(int64_t panel, int64_t first);
  // LQ of row `panel` from column `first` on; transforms the rows below it.
  void eliminate_row(int64_t panel, int64_t first);
  // Copies what is right of the diagonal in a finished row to where the result is.
  void copy_row(int64_t row);

  dag::Dag build() { return builder_.build(); }

 private:
  // Of a panel's block: the transformation (two objects) and the triangle that is left of it.
  struct Factors {
    ObjectId v, t, r;
    int64_t rank = 0;  // rows of r
  };
  struct Names {
    const char *factor, *triangular, *leaf, *trailing;
  };

  void eliminate(const Names& names, int64_t panel, int64_t first);
  void factor(const char* name, int64_t panel, int64_t line);
  // Reduces the triangles of a pair of lines to the first one's; no line has the number blocks() or
  // more: then the first one is alone.
  void reduce(const char* name, int64_t panel, int64_t line, int64_t partner);
  void transform(const char* name, int64_t line, int64_t other);
  void transform_pair(const char* name, int64_t line, int64_t partner, int64_t other);
  Factors add_factors(dag::KindId kind, std::span<const ObjectId> inputs, Bytes v, int64_t rank,
                      int64_t columns);
  // Lines are rows and others are columns; the other way round in the transpose.
  ObjectId& block(int64_t line, int64_t other) {
    return transposed_ ? blocks_.at(other, line) : blocks_.at(line, other);
  }

  SquareMatrix matrix_;
  dag::DagBuilder builder_;
  KindTable kinds_{builder_};
  BlockGrid blocks_;
  bool transposed_ = false;
  std::vector<Factors> factors_;  // by line, of the current panel
};

// A factorisation that is made of such steps, one for each row and column of blocks, k = 0, 1, ...
struct TiledFactorisation {
  const char* key;              // the parameter to blame for more tasks than any DAG should have
  double tasks_of_three_cubes;  // for B blocks on a side, it makes about B^3 / 3 times as many
  void (*step)(TiledQr& qr, int64_t k);
};

// Throws Error for more tasks than any DAG should have.
dag::Dag make_tiled(const SquareMatrixParameters& parameters,
                    const TiledFactorisation& factorisation);

}  // namespace wukong::linear_algebra

#include "workloads/linear_algebra/tiled_qr.h"

#include <algorithm>
#include <array>

#include "sim/base/check.h"
#include "workloads/dag/task_limit.h"

namespace wukong::linear_algebra {

TiledQr::TiledQr(const SquareMatrixParameters& parameters)
    : matrix_(parameters),
      blocks_(matrix_.blocks(), matrix_.blocks()),
      factors_(static_cast<size_t>(matrix_.blocks())) {
  for (int64_t i = 0; i < blocks(); ++i)
    for (int64_t j = 0; j < blocks(); ++j)
      blocks_.at(i, j) = builder_.add_input(matrix_.size(i, j));
}

void TiledQr::eliminate_column(int64_t panel, int64_t first) {
  transposed_ = false;
  eliminate({"qr_factor", "qr_factor_triangular", "qr_leaf", "qr_trailing"}, panel, first);
}

void TiledQr::eliminate_row(int64_t panel, int64_t first) {
  transposed_ = true;
  eliminate({"lq_factor", "lq_factor_triangular", "lq_leaf", "lq_trailing"}, panel, first);
}

void TiledQr::eliminate(const Names& names, int64_t panel, int64_t first) {
  ENSURE(panel <= first && first < blocks(), panel, first, blocks());
  for (int64_t line = first; line < blocks(); ++line) {
    factor(names.factor, panel, line);
    for (int64_t other = panel + 1; other < blocks(); ++other) transform(names.leaf, line, other);
  }
  for (int64_t distance = 1; distance < blocks() - first; distance *= 2) {
    for (int64_t line = first; line < blocks(); line += 2 * distance) {
      reduce(names.triangular, panel, line, line + distance);
      for (int64_t other = panel + 1; other < blocks(); ++other)
        transform_pair(names.trailing, line, line + distance, other);
    }
  }
}

TiledQr::Factors TiledQr::add_factors(dag::KindId kind, std::span<const ObjectId> inputs, Bytes v,
                                      int64_t rank, int64_t columns) {
  const Bytes declared = matrix_.declared_full(1, 1).nominal;
  const std::array<ObjectSize, 3> outputs = {{{.actual = v, .nominal = declared},
                                              matrix_.declared_full(rank, rank),
                                              matrix_.declared_full(rank, columns)}};
  const TaskId task = builder_.add_task(kind, inputs, outputs);
  const size_t object = builder_.outputs(task).front().index();
  return {ObjectId(object), ObjectId(object + 1), ObjectId(object + 2), rank};
}

void TiledQr::factor(const char* name, int64_t panel, int64_t line) {
  const int64_t rows = matrix_.extent(line);
  const int64_t columns = matrix_.extent(panel);
  const int64_t rank = std::min(rows, columns);
  const dag::KindId kind = kinds_.get(name, {rows, columns}, [&] {
    const Bytes touched =
        2 * dag::matrix_bytes(rows, columns) + dag::matrix_bytes(rank, rank + columns);
    return dag::blas_cost(hosts::Kernel::qr, dag::qr_flops(rows, columns), touched);
  });
  factors_[static_cast<size_t>(line)] =
      add_factors(kind, {&block(line, panel), 1}, dag::matrix_bytes(rows, rank), rank, columns);
}

// Two triangles of side b, one on the other: 2/3 b^3 to factor them, b^3 / 3 for the triangle T.
// numpywren takes a block of zeros where there is no partner, and computes all the same.
void TiledQr::reduce(const char* name, int64_t panel, int64_t line, int64_t partner) {
  Factors& top = factors_[static_cast<size_t>(line)];
  const int64_t columns = matrix_.extent(panel);
  const bool alone = partner >= blocks();
  const int64_t below = alone ? top.rank : factors_[static_cast<size_t>(partner)].rank;
  const int64_t rank = alone ? top.rank : std::min(top.rank + below, columns);
  const Bytes v = dag::matrix_bytes(below, columns);
  const dag::KindId kind = kinds_.get(name, {top.rank, below, columns}, [&] {
    const Bytes touched =
        dag::matrix_bytes(top.rank + below, columns) + v + dag::matrix_bytes(rank, rank + columns);
    return dag::blas_cost(hosts::Kernel::qr, dag::product(below, columns, columns), touched);
  });
  const std::array inputs = {top.r, alone ? top.r : factors_[static_cast<size_t>(partner)].r};
  top = add_factors(kind, std::span(inputs).first(alone ? 1 : 2), v, rank, columns);
}

// Q^T S = S - V (T^T (V^T S)): three products.
void TiledQr::transform(const char* name, int64_t line, int64_t other) {
  const Factors& factors = factors_[static_cast<size_t>(line)];
  const int64_t rows = matrix_.extent(line);
  const int64_t columns = matrix_.extent(other);
  const dag::KindId kind = kinds_.get(name, {rows, factors.rank, columns}, [&] {
    const double flops = 2 * dag::gemm_flops(rows, factors.rank, columns) +
                         dag::gemm_flops(factors.rank, factors.rank, columns);
    const Bytes touched =
        dag::matrix_bytes(rows + factors.rank, factors.rank) + 2 * dag::matrix_bytes(rows, columns);
    return dag::blas_cost(hosts::Kernel::gemm, flops, touched);
  });
  ObjectId& target = block(line, other);
  target = builder_.compute(kind, {factors.v, factors.t, target}, matrix_.size(line, other));
}

void TiledQr::transform_pair(const char* name, int64_t line, int64_t partner, int64_t other) {
  const Factors& factors = factors_[static_cast<size_t>(line)];
  const bool alone = partner >= blocks();
  const int64_t rows = matrix_.extent(line);
  const int64_t below = alone ? rows : matrix_.extent(partner);
  const int64_t columns = matrix_.extent(other);
  const dag::KindId kind = kinds_.get(name, {rows, below, columns}, [&] {
    const double flops =
        2 * dag::gemm_flops(rows, below, columns) + dag::gemm_flops(rows, rows, columns);
    const Bytes touched =
        dag::matrix_bytes(rows + below, rows) + 2 * dag::matrix_bytes(rows + below, columns);
    return dag::blas_cost(hosts::Kernel::gemm, flops, touched);
  });
  ObjectId& top = block(line, other);
  if (alone) {
    top = builder_.compute(kind, {factors.v, factors.t, top}, matrix_.size(line, other));
    return;
  }
  ObjectId& bottom = block(partner, other);
  const std::array inputs = {factors.v, factors.t, top, bottom};
  const std::array outputs = {matrix_.size(line, other), matrix_.size(partner, other)};
  const TaskId task = builder_.add_task(kind, inputs, outputs);
  top = builder_.outputs(task).front();
  bottom = ObjectId(top.index() + 1);
}

void TiledQr::copy_row(int64_t row) {
  for (int64_t column = row + 1; column < blocks(); ++column) {
    const ObjectSize size = matrix_.size(row, column);
    const dag::KindId kind = kinds_.get("identity", {size.actual.count()}, [&] {
      return dag::kernel_cost(hosts::Kernel::none, 0, 2 * size.actual);
    });
    ObjectId& target = blocks_.at(row, column);
    target = builder_.compute(kind, {target}, size);
  }
}

dag::Dag make_tiled(const SquareMatrixParameters& parameters,
                    const TiledFactorisation& factorisation) {
  ENSURE(parameters.n >= 1 && parameters.block >= 1, parameters.n, parameters.block);
  const int64_t blocks = SquareMatrix(parameters).blocks();
  dag::check_task_count(factorisation.key, factorisation.tasks_of_three_cubes *
                                               dag::product(blocks, blocks, blocks) / 3);
  TiledQr qr(parameters);
  for (int64_t k = 0; k < blocks; ++k) factorisation.step(qr, k);
  return qr.build();
}

}  // namespace wukong::linear_algebra

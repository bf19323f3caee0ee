#include "workloads/linear_algebra/dask_tsqr.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::linear_algebra {

std::vector<RowBlock> tall_input(dag::DagBuilder& builder, KindTable& kinds, const Blocking& rows,
                                 int64_t columns, bool persisted) {
  std::vector<RowBlock> blocks;
  for (int64_t i = 0; i < rows.count(); ++i) {
    const ObjectSize size = dag::as_declared(dag::matrix_bytes(rows.size(i), columns));
    const ObjectId object = persisted
                                ? builder.add_input(size)
                                : builder.compute(kinds.generate(rows.size(i), columns), {}, size);
    blocks.push_back({object, rows.size(i)});
  }
  return blocks;
}

void DaskTsqr::factor(std::span<const RowBlock> matrix) {
  ENSURE(!matrix.empty());
  levels_.assign(1, {});
  // A block's R follows its factorisation, as in a chain.
  std::vector<RowBlock> triangles;
  for (const RowBlock& block : matrix) {
    levels_.back().push_back(factor_block(block, 0));
    triangles.push_back(r_of(levels_.back().back()));
  }
  while (must_group(triangles.size())) triangles = factor_groups(triangles);
  levels_.push_back({factor_block(stack(triangles), triangles.size())});
}

RowBlock DaskTsqr::r() {
  ENSURE(!levels_.empty() && "factor() comes first");
  return r_of(levels_.back().front());
}

// One stack of all R's would be taller than a block, and two of them fit into a block.
bool DaskTsqr::must_group(size_t count) const {
  return static_cast<int64_t>(count) * columns_ > block_rows_ && block_rows_ >= 2 * columns_;
}

// Adds a level; the result are its R's.
std::vector<RowBlock> DaskTsqr::factor_groups(std::span<const RowBlock> triangles) {
  Level& groups = levels_.emplace_back();
  std::vector<RowBlock> reduced;
  while (!triangles.empty()) {
    size_t count = 0;
    int64_t rows = 0;
    while (count < triangles.size() && rows + triangles[count].rows <= block_rows_)
      rows += triangles[count++].rows;
    ENSURE(count > 0, triangles.front().rows, block_rows_);
    groups.push_back(factor_block(stack(triangles.first(count)), count));
    reduced.push_back(r_of(groups.back()));
    triangles = triangles.subspan(count);
  }
  return reduced;
}

RowBlock DaskTsqr::stack(std::span<const RowBlock> triangles) {
  std::vector<ObjectId> inputs;
  int64_t rows = 0;
  for (const RowBlock& triangle : triangles) {
    inputs.push_back(triangle.object);
    rows += triangle.rows;
  }
  const Bytes size = dag::matrix_bytes(rows, columns_);
  const dag::KindId kind = kinds_.get("stack", {rows, columns_}, [&] {
    return dag::kernel_cost(hosts::Kernel::none, 0, 2 * size);
  });
  return {builder_.compute(kind, inputs, dag::as_declared(size)), rows};
}

DaskTsqr::Node DaskTsqr::factor_block(const RowBlock& block, size_t stacked) {
  const int64_t rank = std::min(block.rows, columns_);
  const Bytes tuple = dag::matrix_bytes(block.rows, rank) + dag::matrix_bytes(rank, columns_);
  const dag::KindId qr = kinds_.get("qr", {block.rows, columns_}, [&] {
    return dag::blas_cost(hosts::Kernel::qr, dag::qr_flops(block.rows, columns_),
                          dag::numpy_qr_traffic(block.rows, columns_));
  });
  return {builder_.compute(qr, {block.object}, dag::as_declared(tuple)), block.rows, rank, stacked};
}

RowBlock DaskTsqr::r_of(const Node& node) {
  const ObjectSize size = dag::as_declared(dag::matrix_bytes(node.rank, columns_));
  return {builder_.compute(kinds_.getitem(node.rows * node.rank, node.rank, node.rank),
                           {node.factors}, size),
          node.rank};
}

std::vector<RowBlock> DaskTsqr::q() {
  ENSURE(!levels_.empty() && "factor() comes first");
  const Node& last = levels_.back().front();
  const Bytes size = dag::matrix_bytes(last.rows, last.rank);
  std::vector<RowBlock> q = {{builder_.compute(kinds_.getitem(0, last.rows, last.rows),
                                               {last.factors}, dag::as_declared(size)),
                              last.rows}};
  for (size_t level = levels_.size() - 1; level-- > 0;)
    q = q_below(levels_[level], levels_[level + 1], q);
  return q;
}

// Each node's R is a slice of its parent's stack, and so is its part of the stack's Q.
std::vector<RowBlock> DaskTsqr::q_below(const Level& level, std::span<const Node> parents,
                                        std::span<const RowBlock> q_of_parents) {
  std::vector<RowBlock> q;
  for (size_t parent = 0; parent < parents.size(); ++parent) {
    const RowBlock& q_of_stack = q_of_parents[parent];
    int64_t first = 0;
    for (size_t i = 0; i < parents[parent].stacked; ++i) {
      const Node& node = level[q.size()];
      const ObjectSize slice = dag::as_declared(dag::matrix_bytes(node.rank, columns_));
      const dag::KindId take = kinds_.getitem(first, q_of_stack.rows, node.rank);
      q.push_back(multiply_q(node, builder_.compute(take, {q_of_stack.object}, slice)));
      first += node.rank;
    }
  }
  ENSURE(q.size() == level.size(), q.size(), level.size());
  return q;
}

RowBlock DaskTsqr::multiply_q(const Node& node, ObjectId q_of_stack) {
  const int64_t rank = node.rank;
  const Bytes own = dag::matrix_bytes(node.rows, rank);
  const Bytes product_size = dag::matrix_bytes(node.rows, columns_);
  const ObjectId own_q = builder_.compute(kinds_.getitem(0, node.rows, node.rows), {node.factors},
                                          dag::as_declared(own));
  const dag::KindId dot = kinds_.get("dot", {node.rows, rank, columns_}, [&] {
    return dag::blas_cost(hosts::Kernel::gemm, dag::gemm_flops(node.rows, rank, columns_),
                          own + dag::matrix_bytes(rank, columns_) + product_size);
  });
  return {builder_.compute(dot, {own_q, q_of_stack}, dag::as_declared(product_size)), node.rows};
}

}  // namespace wukong::linear_algebra

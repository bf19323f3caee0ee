// The singular value decomposition of one small block, the last step of Dask's svd. The result is a
// tuple (u, s, v); getitem takes a member out of it.
#pragma once

#include <algorithm>

#include "workloads/dag/dag_builder.h"
#include "workloads/linear_algebra/kind_table.h"

namespace wukong::linear_algebra {

inline ObjectId add_small_svd(dag::DagBuilder& builder, KindTable& kinds, ObjectId block,
                              int64_t rows, int64_t columns) {
  const int64_t rank = std::min(rows, columns);
  const Bytes tuple =
      dag::matrix_bytes(rows, rank) + dag::matrix_bytes(rank, 1) + dag::matrix_bytes(rank, columns);
  const dag::KindId svd = kinds.get("svd", {rows, columns}, [&] {
    return dag::kernel_cost(hosts::Kernel::svd, dag::svd_flops(rows, columns),
                            dag::matrix_bytes(rows, columns) + tuple);
  });
  return builder.compute(svd, {block}, dag::as_declared(tuple));
}

}  // namespace wukong::linear_algebra

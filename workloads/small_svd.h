// The singular value decomposition of one small block, the last step of Dask's svd. The result is a
// tuple (u, s, v); getitem takes a member out of it.
#pragma once

#include <algorithm>

#include "workloads/dag_builder.h"
#include "workloads/kind_table.h"

namespace wukong::workloads {

inline ObjectId add_small_svd(DagBuilder& builder, KindTable& kinds, ObjectId block, int64_t rows,
                              int64_t columns) {
  const int64_t rank = std::min(rows, columns);
  const Bytes tuple =
      matrix_bytes(rows, rank) + matrix_bytes(rank, 1) + matrix_bytes(rank, columns);
  const KindId svd = kinds.get("svd", {rows, columns}, [&] {
    return kernel_cost(sim::Kernel::svd, svd_flops(rows, columns),
                       matrix_bytes(rows, columns) + tuple);
  });
  return builder.compute(svd, {block}, as_declared(tuple));
}

}  // namespace wukong::workloads

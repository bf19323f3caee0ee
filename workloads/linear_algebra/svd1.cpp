#include "workloads/linear_algebra/svd1.h"

#include <string>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag/fuse_linear_chains.h"
#include "workloads/dag/task_limit.h"
#include "workloads/linear_algebra/dask_tsqr.h"
#include "workloads/linear_algebra/small_svd.h"

namespace wukong::linear_algebra {

void Svd1Parameters::visit(FieldVisitor& v) {
  v.about("Rows of the matrix").field("rows", rows, {1, 1e9});
  v.about("Columns of the matrix").field("columns", columns, {1, 1e5});
  v.about("Rows of a block").field("block_rows", block_rows, {1, 1e6});
  v.about("Whether the matrix is in the store before the run, or a task generates each block")
      .field("persisted_input", persisted_input);
}

dag::Dag make_unfused_svd1(const Svd1Parameters& parameters) {
  const int64_t columns = parameters.columns;
  ENSURE(parameters.rows >= 1 && columns >= 1, parameters.rows, columns);
  ENSURE(parameters.block_rows >= 1, parameters.block_rows);
  if (columns > parameters.rows)
    throw Error(ErrorPlace{"", 0, "workload.svd1.columns"},
                "at most the number of rows, " + std::to_string(parameters.rows),
                std::to_string(columns));
  const Blocking rows{.length = parameters.rows, .block = parameters.block_rows};
  dag::check_count("workload.svd1.block_rows", static_cast<double>(rows.count()), dag::kMostTasks,
                   "blocks");
  dag::DagBuilder builder;
  KindTable kinds(builder);
  const std::vector<RowBlock> input =
      tall_input(builder, kinds, rows, columns, parameters.persisted_input);
  DaskTsqr tsqr(builder, kinds, columns, rows.block);
  tsqr.factor(input);
  const RowBlock r = tsqr.r();
  const ObjectId svd = add_small_svd(builder, kinds, r.object, r.rows, columns);
  // (u, s, v): after u and s.
  const int64_t rank = std::min(r.rows, columns);
  const dag::KindId v = kinds.getitem((r.rows + 1) * rank, rank, rank);
  builder.compute(v, {svd}, dag::as_declared(dag::matrix_bytes(r.rows, columns)));
  return builder.build();
}

dag::Dag make_svd1(const Svd1Parameters& parameters, dag::DagForm) {
  return dag::fuse_linear_chains(make_unfused_svd1(parameters));
}

}  // namespace wukong::linear_algebra

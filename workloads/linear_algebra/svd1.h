// SVD of a tall, narrow matrix (dask.array.linalg.svd), of which the right singular vectors are
// wanted: the R of a TSQR, the SVD of that one small block, and its v.
#pragma once

#include <cstdint>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::linear_algebra {

struct Svd1Parameters {
  int64_t rows = 0;  // no default
  int64_t columns = 100;
  int64_t block_rows = 10'000;  // the last block may be lower
  // Whether the input is in the store before the run; otherwise a task generates each block.
  bool persisted_input = false;

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. Throws Error for a matrix that is wider than tall, and for more
// blocks than any DAG should have.
dag::Dag make_svd1(const Svd1Parameters& parameters, dag::DagForm form = dag::DagForm::dask);
// The same before Dask fuses its chains (dag::fuse_linear_chains).
dag::Dag make_unfused_svd1(const Svd1Parameters& parameters);

}  // namespace wukong::linear_algebra

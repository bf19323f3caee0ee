// Tall-skinny QR: each block of rows is factored, and the small R factors are stacked and factored
// again until one is left.
//
// Dask's form stacks as many R's as fit into a block's height, in groups, recursively
// (dask_tsqr.h). numpywren's form is a binary tree of tasks that write V, T and R, and its declared
// block shapes are larger than the blocks: hence two sizes per object.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::linear_algebra {

struct TsqrParameters {
  int64_t rows = 0;     // no default
  int64_t columns = 0;  // no default
  // The height of a block; absent: default_block_rows(). The last block may be lower.
  std::optional<int64_t> block_rows = {};
  // Whether the input is in the store before the run, as in the papers; otherwise a task generates
  // each block. Dask's form only: numpywren's input always is.
  bool persisted_input = true;
  // Whether Q is computed too, block by block; the papers want R only. Dask's form only.
  bool with_q = false;

  void visit(FieldVisitor& v);
};

// 8192, doubled until there are at most 4096 blocks, the most that the papers have.
int64_t default_block_rows(int64_t rows);

// Throws Error for more blocks than any DAG should have.
dag::Dag make_tsqr(const TsqrParameters& parameters, dag::DagForm form);
// The same before Dask fuses its chains (dag::fuse_linear_chains).
dag::Dag make_unfused_tsqr(const TsqrParameters& parameters, dag::DagForm form);

}  // namespace wukong::linear_algebra

// A product of two n x n matrices in blocks.
//
// Dask's form: a leaf per block of inputs that are not there yet, and a task per block of the
// result, which reads a whole row and a whole column of blocks and multiplies them at once.
// numpywren's form: a product for each pair of blocks, a tree of additions of four blocks each for
// every block of the result, and a copy. Where the tree has no fourth block it looks for it all the
// same and takes zeros.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::linear_algebra {

struct GemmParameters {
  int64_t n = 0;  // no default
  // The side of a block; absent: default_gemm_block(). The last row and column may be smaller.
  std::optional<int64_t> block;
  // Dask's form only. Whether the input is in the store before the run, as in the papers: then the
  // products are the leaves. Otherwise a leaf generates its block.
  bool persisted_input = true;

  void visit(FieldVisitor& v);
};

// The papers' choice: 2000, and 1000 for the smallest matrices (up to 5000).
int64_t default_gemm_block(int64_t n);

// Throws Error for more tasks than any DAG should have.
dag::Dag make_gemm(const GemmParameters& parameters, dag::DagForm form);

}  // namespace wukong::linear_algebra

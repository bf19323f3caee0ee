// The five largest singular values of an n x n matrix A and their right vectors, by random
// compression (dask.array.linalg.svd_compressed, k = 5, no power iteration):
//
//   1. the blocks of A, and of a random n x 20 matrix Omega;
//   2. A Omega: a product for each block of A, and a sum over each row of blocks;
//   3. Q of its QR (TSQR), block by block, transposed: comp, 20 x n;
//   4. comp A: a product for each block of A, and a sum over each column of blocks;
//   5. the transpose of that, its TSQR, the SVD of R, and v from Q and the SVD's u.
//
// So each block of A, the only large objects, has two consumers, one of which waits for nearly
// everything else. Sums are trees that add four blocks at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::linear_algebra {

enum class Svd2Result { v, s };
constexpr std::string_view kSvd2ResultNames[] = {"v", "s"};

struct Svd2Parameters {
  int64_t n = 0;  // no default
  // The side of a block; absent: default_svd2_block(). The last row and column may be smaller.
  std::optional<int64_t> block;
  // The singular vectors, as the papers compute, or just the values: then step 5 makes no Q.
  Svd2Result result = Svd2Result::v;

  void visit(FieldVisitor& v);
};

// The papers' choice: 5000, and 2000 for the smallest matrix (up to 10,000).
int64_t default_svd2_block(int64_t n);

// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_svd2(const Svd2Parameters& parameters, dag::DagForm form = dag::DagForm::dask);
// The same before Dask moves elementwise work and fuses chains (dag::fuse_linear_chains).
dag::Dag make_unfused_svd2(const Svd2Parameters& parameters);

}  // namespace wukong::linear_algebra

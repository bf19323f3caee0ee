// LU factorisation of an n x n matrix in blocks, without pivoting: factor the diagonal block (both
// factors in one block), solve for the blocks of its row and of its column, update the rest. For B
// blocks on a side: B + B (B-1) + B (B-1) (2B-1) / 6 tasks, B (B-1) (2B+1) / 2 edges, 3B - 2
// levels. numpywren's paper has it; its released code has not, so this is the textbook's.
#pragma once

#include "workloads/dag/dag.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_lu(const SquareMatrixParameters& parameters,
                 dag::DagForm form = dag::DagForm::numpywren);

}  // namespace wukong::linear_algebra

// LU factorisation of an n x n matrix in blocks, without pivoting: factor the diagonal block (both
// factors in one block), solve for the blocks of its row and of its column, update the rest. For B
// blocks on a side: B + B (B-1) + B (B-1) (2B-1) / 6 tasks, B (B-1) (2B+1) / 2 edges, 3B - 2
// levels. numpywren's paper has it; its released code has not, so this is the textbook's.
#pragma once

#include "workloads/dag.h"
#include "workloads/square_matrix.h"

namespace wukong::workloads {

// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
Dag make_lu(const SquareMatrixParameters& parameters, DagForm form = DagForm::numpywren);

}  // namespace wukong::workloads

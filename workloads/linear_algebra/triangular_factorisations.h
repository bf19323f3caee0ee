// Factorisations of numpywren in blocks into triangular matrices (block_factorisation.h).
#pragma once

#include "workloads/dag/dag.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// numpywren's Cholesky factorisation of a symmetric n x n matrix, of which the lower triangle of
// blocks is stored: factor the diagonal block, solve for the blocks below it, update the trailing
// triangle. For B blocks on a side: B (B+1) (B+2) / 6 tasks, (B^3 - B) / 2 edges, 3B - 2 levels.
//
// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_cholesky(const SquareMatrixParameters& parameters,
                       dag::DagForm form = dag::DagForm::numpywren);

// LU factorisation of an n x n matrix in blocks, without pivoting: factor the diagonal block (both
// factors in one block), solve for the blocks of its row and of its column, update the rest. For B
// blocks on a side: B + B (B-1) + B (B-1) (2B-1) / 6 tasks, B (B-1) (2B+1) / 2 edges, 3B - 2
// levels. numpywren's paper has it; its released code has not, so this is the textbook's.
//
// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_lu(const SquareMatrixParameters& parameters,
                 dag::DagForm form = dag::DagForm::numpywren);

}  // namespace wukong::linear_algebra

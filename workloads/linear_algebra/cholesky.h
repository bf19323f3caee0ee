// numpywren's Cholesky factorisation of a symmetric n x n matrix, of which the lower triangle of
// blocks is stored: factor the diagonal block, solve for the blocks below it, update the trailing
// triangle. For B blocks on a side: B (B+1) (B+2) / 6 tasks, (B^3 - B) / 2 edges, 3B - 2 levels.
#pragma once

#include "workloads/dag/dag.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_cholesky(const SquareMatrixParameters& parameters,
                       dag::DagForm form = dag::DagForm::numpywren);

}  // namespace wukong::linear_algebra

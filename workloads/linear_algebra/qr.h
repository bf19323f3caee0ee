// numpywren's QR factorisation of an n x n matrix in blocks: column by column, each reduced by a
// binary tree (tiled_qr.h); the finished rows of R are copied to the result.
//
// A panel of m blocks makes m^2 + m T(m) + (m - 1) tasks, where T(m), the sum of ceil(m / 2^l) for
// l = 1 ... ceil(log2 m), are the tasks of a tree.
#pragma once

#include "workloads/dag/dag.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_qr(const SquareMatrixParameters& parameters,
                 dag::DagForm form = dag::DagForm::numpywren);

}  // namespace wukong::linear_algebra

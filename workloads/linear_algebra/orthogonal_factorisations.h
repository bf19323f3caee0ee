// Factorisations of numpywren in blocks by orthogonal transformations, over trees (tiled_qr.h).
#pragma once

#include "workloads/dag/dag.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// numpywren's QR factorisation of an n x n matrix in blocks: column by column, each reduced by a
// binary tree (tiled_qr.h); the finished rows of R are copied to the result.
//
// A panel of m blocks makes m^2 + m T(m) + (m - 1) tasks, where T(m), the sum of ceil(m / 2^l) for
// l = 1 ... ceil(log2 m), are the tasks of a tree.
//
// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_qr(const SquareMatrixParameters& parameters,
                 dag::DagForm form = dag::DagForm::numpywren);

// numpywren's BDFAC, the first and by far the largest part of its SVD: an n x n matrix is reduced
// to a band of two blocks' width by eliminating a column (QR) and a row (LQ) in turn (tiled_qr.h).
//
// A step with m blocks left makes m (m + T(m)) + m (m - 1 + T(m - 1)) tasks, T as above; the last
// one, with a single block, makes one.
//
// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_bdfac(const SquareMatrixParameters& parameters,
                    dag::DagForm form = dag::DagForm::numpywren);

}  // namespace wukong::linear_algebra

// numpywren's BDFAC, the first and by far the largest part of its SVD: an n x n matrix is reduced
// to a band of two blocks' width by eliminating a column (QR) and a row (LQ) in turn (tiled_qr.h).
//
// A step with m blocks left makes m (m + T(m)) + m (m - 1 + T(m - 1)) tasks, T as in qr.h; the last
// one, with a single block, makes one.
#pragma once

#include "workloads/dag/dag.h"
#include "workloads/linear_algebra/square_matrix.h"

namespace wukong::linear_algebra {

// Every system runs the same DAG. Throws Error for more tasks than any DAG should have.
dag::Dag make_bdfac(const SquareMatrixParameters& parameters,
                    dag::DagForm form = dag::DagForm::numpywren);

}  // namespace wukong::linear_algebra

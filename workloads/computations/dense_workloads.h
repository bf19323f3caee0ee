// The computations of the workloads of dense linear algebra. Each verifies its own result.
#pragma once

#include <memory>

#include "workloads/computations/computation.h"
#include "workloads/linear_algebra/gemm.h"
#include "workloads/linear_algebra/square_matrix.h"
#include "workloads/linear_algebra/svc.h"
#include "workloads/linear_algebra/svd1.h"
#include "workloads/linear_algebra/svd2.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong::computations {

// |C x - A (B x)| for random columns x.
std::unique_ptr<Computation> compute_gemm(const linear_algebra::GemmParameters& parameters,
                                          const dag::Dag& dag, dag::DagForm form, uint64_t seed);
// |A^T A - R^T R| and how far the columns of Q, or of A R^-1, are from orthonormal.
std::unique_ptr<Computation> compute_tsqr(const linear_algebra::TsqrParameters& parameters,
                                          const dag::Dag& dag, dag::DagForm form, uint64_t seed);
// |A v_i| against the singular values of A, which are computed directly.
std::unique_ptr<Computation> compute_svd1(const linear_algebra::Svd1Parameters& parameters,
                                          const dag::Dag& dag, dag::DagForm form, uint64_t seed);
// The same for the compressed matrix, which is made again in one piece.
std::unique_ptr<Computation> compute_svd2(const linear_algebra::Svd2Parameters& parameters,
                                          const dag::Dag& dag, dag::DagForm form, uint64_t seed);
// Labels against another way to compute them.
std::unique_ptr<Computation> compute_svc(const linear_algebra::SvcParameters& parameters,
                                         const dag::Dag& dag, dag::DagForm form, uint64_t seed);
// |A x - L (L^T x)| for random columns x.
std::unique_ptr<Computation> compute_cholesky(
    const linear_algebra::SquareMatrixParameters& parameters, const dag::Dag& dag,
    dag::DagForm form, uint64_t seed);

}  // namespace wukong::computations

// The computations of the workloads of dense linear algebra. Each verifies its own result.
#pragma once

#include <memory>

#include "workloads/gemm.h"
#include "workloads/kernels/computation.h"
#include "workloads/square_matrix.h"
#include "workloads/svc.h"
#include "workloads/svd1.h"
#include "workloads/svd2.h"
#include "workloads/tsqr.h"

namespace wukong::workloads {

// |C x - A (B x)| for random columns x.
std::unique_ptr<Computation> compute_gemm(const GemmParameters& parameters, const Dag& dag,
                                          DagForm form, uint64_t seed);
// |A^T A - R^T R| and how far the columns of Q, or of A R^-1, are from orthonormal.
std::unique_ptr<Computation> compute_tsqr(const TsqrParameters& parameters, const Dag& dag,
                                          DagForm form, uint64_t seed);
// |A v_i| against the singular values of A, which are computed directly.
std::unique_ptr<Computation> compute_svd1(const Svd1Parameters& parameters, const Dag& dag,
                                          DagForm form, uint64_t seed);
// The same for the compressed matrix, which is made again in one piece.
std::unique_ptr<Computation> compute_svd2(const Svd2Parameters& parameters, const Dag& dag,
                                          DagForm form, uint64_t seed);
// Labels against another way to compute them.
std::unique_ptr<Computation> compute_svc(const SvcParameters& parameters, const Dag& dag,
                                         DagForm form, uint64_t seed);
// |A x - L (L^T x)| for random columns x.
std::unique_ptr<Computation> compute_cholesky(const SquareMatrixParameters& parameters,
                                              const Dag& dag, DagForm form, uint64_t seed);

}  // namespace wukong::workloads

#include "workloads/linear_algebra/triangular_factorisations.h"

#include "workloads/linear_algebra/block_factorisation.h"

namespace wukong::linear_algebra {
namespace {

constexpr BlockFactorisation kCholesky{
    .symmetric = true,
    .tasks = [](int64_t blocks) { return dag::product(blocks, blocks + 1, blocks + 2) / 6; },
    .factor =
        [](KindTable& kinds, int64_t extent) {
          return kinds.get("cholesky", {extent}, [&] {
            return dag::blas_cost(hosts::Kernel::cholesky, dag::product(extent, extent, extent) / 3,
                                  2 * dag::matrix_bytes(extent, extent));
          });
        },
    .solve =
        [](KindTable& kinds, int64_t triangle, int64_t others) {
          return kinds.get("trsm", {others, triangle}, [&] {
            return triangular_solve_cost(dag::product(others, triangle, triangle), triangle,
                                         others);
          });
        },
    .update =
        [](KindTable& kinds, int64_t rows, int64_t inner, int64_t columns) {
          return kinds.get("syrk", {rows, columns, inner}, [&] {
            const double flops =
                dag::gemm_flops(rows, inner, columns) + dag::product(rows, columns, 1);
            return dag::blas_cost(
                hosts::Kernel::syrk, flops,
                dag::matrix_bytes(rows + columns, inner) + 2 * dag::matrix_bytes(rows, columns));
          });
        }};

}  // namespace

dag::Dag make_cholesky(const SquareMatrixParameters& parameters, dag::DagForm) {
  return make_block_factorisation(kCholesky, "workload.cholesky.block", parameters);
}

namespace {

constexpr BlockFactorisation kLu{
    .symmetric = false,
    .tasks = [](int64_t blocks) { return dag::product(blocks, blocks + 1, 2 * blocks + 1) / 6; },
    .factor =
        [](KindTable& kinds, int64_t extent) {
          return kinds.get("getrf", {extent}, [&] {
            return dag::blas_cost(hosts::Kernel::lu, 2 * dag::product(extent, extent, extent) / 3,
                                  2 * dag::matrix_bytes(extent, extent));
          });
        },
    .solve =
        [](KindTable& kinds, int64_t triangle, int64_t others) {
          return kinds.get("trsm", {triangle, others}, [&] {
            return triangular_solve_cost(dag::product(triangle, triangle, others), triangle,
                                         others);
          });
        },
    .update =
        [](KindTable& kinds, int64_t rows, int64_t inner, int64_t columns) {
          return kinds.get("gemm", {rows, inner, columns}, [&] {
            return dag::blas_cost(
                hosts::Kernel::gemm, dag::gemm_flops(rows, inner, columns),
                dag::matrix_bytes(rows + columns, inner) + 2 * dag::matrix_bytes(rows, columns));
          });
        }};

}  // namespace

dag::Dag make_lu(const SquareMatrixParameters& parameters, dag::DagForm) {
  return make_block_factorisation(kLu, "workload.lu.block", parameters);
}

}  // namespace wukong::linear_algebra

#include "workloads/cholesky.h"

#include "workloads/block_factorisation.h"

namespace wukong::workloads {
namespace {

constexpr BlockFactorisation kCholesky{
    .symmetric = true,
    .tasks = [](int64_t blocks) { return product(blocks, blocks + 1, blocks + 2) / 6; },
    .factor =
        [](KindTable& kinds, int64_t extent) {
          return kinds.get("cholesky", {extent}, [&] {
            return blas_cost(sim::Kernel::cholesky, product(extent, extent, extent) / 3,
                             2 * matrix_bytes(extent, extent));
          });
        },
    .solve =
        [](KindTable& kinds, int64_t triangle, int64_t others) {
          return kinds.get("trsm", {others, triangle}, [&] {
            return triangular_solve_cost(product(others, triangle, triangle), triangle, others);
          });
        },
    .update =
        [](KindTable& kinds, int64_t rows, int64_t inner, int64_t columns) {
          return kinds.get("syrk", {rows, columns, inner}, [&] {
            const double flops = gemm_flops(rows, inner, columns) + product(rows, columns, 1);
            return blas_cost(sim::Kernel::syrk, flops,
                             matrix_bytes(rows + columns, inner) + 2 * matrix_bytes(rows, columns));
          });
        }};

}  // namespace

Dag make_cholesky(const SquareMatrixParameters& parameters, DagForm) {
  return make_block_factorisation(kCholesky, "workload.cholesky.block", parameters);
}

}  // namespace wukong::workloads

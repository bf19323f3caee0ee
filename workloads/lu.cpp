#include "workloads/lu.h"

#include "workloads/block_factorisation.h"

namespace wukong::workloads {
namespace {

constexpr BlockFactorisation kLu{
    .symmetric = false,
    .tasks = [](int64_t blocks) { return product(blocks, blocks + 1, 2 * blocks + 1) / 6; },
    .factor =
        [](KindTable& kinds, int64_t extent) {
          return kinds.get("getrf", {extent}, [&] {
            return blas_cost(sim::Kernel::lu, 2 * product(extent, extent, extent) / 3,
                             2 * matrix_bytes(extent, extent));
          });
        },
    .solve =
        [](KindTable& kinds, int64_t triangle, int64_t others) {
          return kinds.get("trsm", {triangle, others}, [&] {
            return triangular_solve_cost(product(triangle, triangle, others), triangle, others);
          });
        },
    .update =
        [](KindTable& kinds, int64_t rows, int64_t inner, int64_t columns) {
          return kinds.get("gemm", {rows, inner, columns}, [&] {
            return blas_cost(sim::Kernel::gemm, gemm_flops(rows, inner, columns),
                             matrix_bytes(rows + columns, inner) + 2 * matrix_bytes(rows, columns));
          });
        }};

}  // namespace

Dag make_lu(const SquareMatrixParameters& parameters, DagForm) {
  return make_block_factorisation(kLu, "workload.lu.block", parameters);
}

}  // namespace wukong::workloads

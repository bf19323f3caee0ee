#include "workloads/linear_algebra/orthogonal_factorisations.h"

#include "workloads/linear_algebra/tiled_qr.h"

namespace wukong::linear_algebra {

dag::Dag make_qr(const SquareMatrixParameters& parameters, dag::DagForm) {
  return make_tiled(
      parameters,
      {.key = "workload.qr.block", .tasks_of_three_cubes = 2, .step = [](TiledQr& qr, int64_t k) {
         qr.eliminate_column(k, k);
         qr.copy_row(k);
       }});
}

dag::Dag make_bdfac(const SquareMatrixParameters& parameters, dag::DagForm) {
  return make_tiled(parameters, {.key = "workload.bdfac.block",
                                 .tasks_of_three_cubes = 4,
                                 .step = [](TiledQr& qr, int64_t k) {
                                   qr.eliminate_column(k, k);
                                   if (k + 1 < qr.blocks()) qr.eliminate_row(k, k + 1);
                                 }});
}

}  // namespace wukong::linear_algebra

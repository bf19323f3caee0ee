#include "workloads/linear_algebra/qr.h"

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

}  // namespace wukong::linear_algebra

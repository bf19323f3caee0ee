#include "workloads/qr.h"

#include "workloads/tiled_qr.h"

namespace wukong::workloads {

Dag make_qr(const SquareMatrixParameters& parameters, DagForm) {
  return make_tiled(
      parameters,
      {.key = "workload.qr.block", .tasks_of_three_cubes = 2, .step = [](TiledQr& qr, int64_t k) {
         qr.eliminate_column(k, k);
         qr.copy_row(k);
       }});
}

}  // namespace wukong::workloads

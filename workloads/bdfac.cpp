#include "workloads/bdfac.h"

#include "sim/base/check.h"
#include "workloads/task_limit.h"
#include "workloads/tiled_qr.h"

namespace wukong::workloads {

Dag make_bdfac(const SquareMatrixParameters& parameters, DagForm) {
  ENSURE(parameters.n >= 1 && parameters.block >= 1, parameters.n, parameters.block);
  const int64_t blocks = SquareMatrix(parameters).blocks();
  check_task_count("workload.bdfac.block", 4 * product(blocks, blocks, blocks) / 3);
  TiledQr qr(parameters);
  for (int64_t k = 0; k < blocks; ++k) {
    qr.eliminate_column(k, k);
    if (k + 1 < blocks) qr.eliminate_row(k, k + 1);
  }
  return qr.build();
}

}  // namespace wukong::workloads

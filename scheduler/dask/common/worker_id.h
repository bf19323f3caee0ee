// Which worker of a Dask cluster.
#pragma once

#include "sim/base/id.h"

namespace wukong::dask_common {

using WorkerId = Id<struct WorkerTag>;  // a Dask worker process; in the order of their addresses

}  // namespace wukong::dask_common

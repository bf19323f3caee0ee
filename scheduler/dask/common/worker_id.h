// Which worker of a Dask cluster.
#pragma once

#include "sim/base/id.h"

namespace wukong::scheduler {

using WorkerId = Id<struct WorkerTag>;  // a Dask worker process; in the order of their addresses

}  // namespace wukong::scheduler

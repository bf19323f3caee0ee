// Dask.distributed (2.2, as run for SoCC'20 and PDSW'19): a serverful cluster with one central
// scheduler. This is the client's side and the cluster's making; the scheduler and the workers are
// in scheduler/ and worker/, constants in configs/presets/system/dask-*.yaml.
#pragma once

#include <memory>

#include "scheduler/dask/common/options.h"
#include "scheduler/system.h"

namespace wukong::scheduler {

std::unique_ptr<System> make_dask(sim::Platform& platform, const workloads::Dag& dag,
                                  const Options& options);
Promises promises_of_dask(const Options& options);

}  // namespace wukong::scheduler

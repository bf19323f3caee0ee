// Dask.distributed (2.2, as run for SoCC'20 and PDSW'19): a serverful cluster with one central
// scheduler. This is the client's side and the cluster's making; the scheduler and the workers are
// in scheduler/ and worker/, constants in configs/presets/system/dask-*.yaml.
#pragma once

#include <memory>

#include "scheduler/dask/common/options.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::dask {

std::unique_ptr<scheduler::System> make_dask(platform::Platform& platform, const dag::Dag& dag,
                                             const scheduler::Options& options);
scheduler::Promises promises_of_dask(const scheduler::Options& options);

}  // namespace wukong::dask

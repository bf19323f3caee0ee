// Which tasks can never run on Dask, found before the run.
#pragma once

#include "scheduler/system.h"

namespace wukong::scheduler {

// A task for which no worker has the memory: its nanny would kill every one that tries. A task that
// is over before the nanny looks may have too much.
std::optional<LimitExceeded> dask_limits(const sim::PlatformSpec& platform,
                                         const workloads::Dag& dag, const Options& options);

// The same of the one process of dask-threads, which holds everything.
std::optional<LimitExceeded> dask_threads_limits(const sim::PlatformSpec& platform,
                                                 const workloads::Dag& dag, const Options& options);

}  // namespace wukong::scheduler

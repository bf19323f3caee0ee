// Which tasks can never run on Dask, found before the run.
#pragma once

#include <optional>

#include "scheduler/dask/worker/site.h"
#include "scheduler/policy/limit_exceeded.h"
#include "scheduler/policy/options.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::dask {

// A task for which no worker has the memory: its nanny would kill every one that tries. A task that
// is over before the nanny looks may have too much.
std::optional<scheduler::LimitExceeded> dask_limits(const platform::PlatformSpec& platform,
                                                    const dag::Dag& dag,
                                                    const scheduler::Options& options);

// The same of the one process of dask-threads, which holds everything.
std::optional<scheduler::LimitExceeded> dask_threads_limits(const platform::PlatformSpec& platform,
                                                            const dag::Dag& dag,
                                                            const scheduler::Options& options);

}  // namespace wukong::dask

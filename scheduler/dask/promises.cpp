#include "scheduler/dask/dask.h"

namespace wukong::dask {

// What a dead worker held is computed again, as far back as needed; but initial objects that were
// persisted on it are gone for good.
scheduler::Promises promises_of_dask(const scheduler::Options&) {
  return {.in_order_through = scheduler::Mishaps::all().without({scheduler::Mishap::data_lost}),
          .completes_through = scheduler::Mishaps::all().without(
              {scheduler::Mishap::data_lost, scheduler::Mishap::invocation_given_up,
               scheduler::Mishap::worker_died})};
}

}  // namespace wukong::dask

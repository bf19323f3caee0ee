#include "scheduler/dask/dask.h"

namespace wukong::scheduler {

// What a dead worker held is computed again, as far back as needed; but initial objects that were
// persisted on it are gone for good.
Promises promises_of_dask(const Options&) {
  return {.in_order_through = Mishaps::all().without({Mishap::data_lost}),
          .completes_through = Mishaps::all().without(
              {Mishap::data_lost, Mishap::invocation_given_up, Mishap::worker_died})};
}

}  // namespace wukong::scheduler

#include <algorithm>

#include "scheduler/numpywren/numpywren.h"

namespace wukong::scheduler {

// A lost block is taken for zeros, so the driver ends the program. A request that fails is repeated
// without end, and PyWren ends the worker after 290 s. Every scaling rule but constant_timeout
// counts the workers that are up, and one that crashed is counted for ever: nobody replaces it.
// While a worker is busy with a task it renews the lease of its message, `renewals` times.
Promises promises_of_numpywren(const Options& options) {
  const auto& numpywren = dynamic_cast<const NumpywrenOptions&>(options);
  Mishaps survived = Mishaps::all().without(
      {Mishap::data_lost, Mishap::invocation_given_up, Mishap::request_failed});
  if (numpywren.scaling != ScalingPolicy::constant_timeout)
    survived = survived.without({Mishap::function_failed});
  const Duration renewed =
      std::max(Duration::zero(), numpywren.renew_interval * (numpywren.renewals - 1));
  return {.in_order_through = Mishaps::all().without({Mishap::data_lost}),
          .completes_through = survived,
          .same_bytes = true,
          .shortest_lease = renewed + numpywren.renew_visibility};
}

}  // namespace wukong::scheduler

#include <algorithm>

#include "scheduler/numpywren/numpywren.h"

namespace wukong::numpywren {

// A lost block is taken for zeros, so the driver ends the program. A request that fails is repeated
// without end, and PyWren ends the worker after 290 s. Every scaling rule but constant_timeout
// counts the workers that are up, and one that crashed is counted for ever: nobody replaces it.
// While a worker is busy with a task it renews the lease of its message, `renewals` times.
scheduler::Promises promises_of_numpywren(const scheduler::Options& options) {
  const auto& numpywren = dynamic_cast<const NumpywrenOptions&>(options);
  scheduler::Mishaps survived = scheduler::Mishaps::all().without(
      {scheduler::Mishap::data_lost, scheduler::Mishap::invocation_given_up,
       scheduler::Mishap::request_failed});
  if (numpywren.scaling != ScalingPolicy::constant_timeout)
    survived = survived.without({scheduler::Mishap::function_failed});
  const Duration renewed =
      std::max(Duration::zero(), numpywren.renew_interval * (numpywren.renewals - 1));
  return {.in_order_through = scheduler::Mishaps::all().without({scheduler::Mishap::data_lost}),
          .completes_through = survived,
          .same_bytes = true,
          .shortest_lease = renewed + numpywren.renew_visibility};
}

}  // namespace wukong::numpywren

#include <algorithm>
#include <optional>

#include "scheduler/numpywren/numpywren.h"

namespace wukong::numpywren {
namespace {

// What a request to SQS may take: a new client and several times the latency of every preset. A
// lease that is shorter may run out before its renewal arrives.
constexpr Duration kSlowRequest = Duration::seconds(1);

Duration shortest_lease(const NumpywrenOptions& options) {
  const Duration request = options.client_time + kSlowRequest;
  if (options.renewals == 0 || options.receive_visibility < request)
    return options.receive_visibility;
  const Duration least = std::min(options.receive_visibility, options.renew_visibility);
  if (options.renew_visibility < options.renew_interval + request) return least;
  return options.renew_interval * (options.renewals - 1) + options.renew_visibility;
}

// Of a worker that takes its last task just before it would leave.
std::optional<Duration> least_time_left(const NumpywrenOptions& options) {
  if (!options.pywren.longest_run) return std::nullopt;
  return std::max(Duration::zero(), *options.pywren.longest_run - options.worker_timeout);
}

}  // namespace

// A lost block is taken for zeros, so the driver ends the program. A request that does not answer
// is repeated without end, and PyWren ends the worker after 290 s. A request that is refused (a
// server with no connection or no memory left) is none of these mishaps: a worker hangs with it, or
// the program ends with that reason. Every scaling rule but constant_timeout counts the workers
// that are up, and one that crashed is counted for ever: nobody replaces it. While a worker is busy
// with a task it renews the lease of its message, `renewals` times.
scheduler::Promises promises_of_numpywren(const scheduler::Options& options) {
  const auto& numpywren = dynamic_cast<const NumpywrenOptions&>(options);
  scheduler::Mishaps survived = scheduler::Mishaps::all().without(
      {scheduler::Mishap::data_lost, scheduler::Mishap::invocation_given_up,
       scheduler::Mishap::request_failed});
  if (numpywren.scaling != ScalingPolicy::constant_timeout)
    survived = survived.without({scheduler::Mishap::function_failed});
  return {
      .in_order_through = scheduler::Mishaps::all().without({scheduler::Mishap::data_lost}),
      .completes_through = survived,
      .same_bytes = true,
      .least_time_limit = least_time_left(numpywren),
      .polling = scheduler::Polling{numpywren.client_time, numpywren.pipeline_width},
      .slow_requests = scheduler::Polling{numpywren.request_time_limit, numpywren.pipeline_width},
      .shortest_lease = shortest_lease(numpywren)};
}

}  // namespace wukong::numpywren

#include "scheduler/pywren/pywren.h"

namespace wukong::pywren {

// Neither a failed request nor a call whose function ended with an error is repeated: the client
// reports it. Lambda itself repeats a call whose process crashed.
scheduler::Promises promises_of_pywren(const scheduler::Options& options) {
  const auto& pywren = dynamic_cast<const PyWrenOptions&>(options);
  return {.in_order_through = scheduler::Mishaps::all().without({scheduler::Mishap::data_lost}),
          .completes_through = scheduler::Mishaps::all().without(
              {scheduler::Mishap::data_lost, scheduler::Mishap::invocation_given_up,
               scheduler::Mishap::request_failed}),
          .same_bytes = true,
          .same_invocations = true,
          .least_time_limit = pywren.call.longest_run};
}

}  // namespace wukong::pywren

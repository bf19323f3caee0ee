#include "scheduler/pywren/pywren.h"

namespace wukong::scheduler {

// Neither a failed request nor a call whose function ended with an error is repeated: the client
// reports it. Lambda itself repeats a call whose process crashed.
Promises promises_of_pywren(const Options&) {
  return {.in_order_through = Mishaps::all().without({Mishap::data_lost}),
          .completes_through = Mishaps::all().without(
              {Mishap::data_lost, Mishap::invocation_given_up, Mishap::request_failed}),
          .same_bytes = true,
          .same_invocations = true};
}

}  // namespace wukong::scheduler

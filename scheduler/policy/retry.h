// A client's retries of a request that failed: exponential back-off, doubling up to a longest wait.
#pragma once

#include <algorithm>

#include "scheduler/policy/retry_options.h"
#include "sim/accounting/usage.h"
#include "sim/engine/engine.h"
#include "sim/engine/span.h"
#include "sim/hosts/host.h"
#include "sim/platform/platform.h"

namespace wukong::scheduler {

// `host` makes the request, and again after a wait while `worth_retrying` says so of its reply.
// Returns the last reply. `attempt` returns a fresh Task for each try.
template <class Attempt, class WorthRetrying>
auto with_retries(platform::Platform& platform, const hosts::Host& host,
                  const RetryOptions& options, Attempt attempt, WorthRetrying worth_retrying)
    -> decltype(attempt()) {
  Duration wait = options.base;
  for (int64_t tries = 1;; ++tries) {
    auto reply = co_await attempt();
    if (tries == options.tries || !worth_retrying(reply)) co_return reply;
    platform.usage().count(accounting::Operation::retry);
    const engine::Span span(platform.engine(),
                            {engine::SpanKind::wait, "back-off", host.id.value()});
    wait = std::min(wait, options.longest);
    co_await platform.engine().sleep(wait, "its next try");
    wait = wait * 2;
  }
}

}  // namespace wukong::scheduler

// A client's retries of a request that failed: exponential back-off, doubling up to a longest wait.
#pragma once

#include <algorithm>
#include <limits>

#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "sim/engine/span.h"
#include "sim/platform/platform.h"

namespace wukong::scheduler {

struct RetryOptions {
  static constexpr int64_t kWithoutEnd = std::numeric_limits<int64_t>::max();

  int64_t tries = 1;  // in all, the first included; in presets, none: without end
  Duration base;      // before the second try
  Duration longest;

  void visit(FieldVisitor& v) {
    if (v.present("tries", tries != kWithoutEnd)) {
      if (tries == kWithoutEnd) tries = 1;
      v.field("tries", tries, kCount);
    } else {
      tries = kWithoutEnd;
    }
    v.duration("base_ms", base);
    v.duration("longest_ms", longest);
  }
  // The same waits, but without a last try: for a service that runs as long as it is needed.
  RetryOptions without_end() const {
    RetryOptions endless = *this;
    endless.tries = kWithoutEnd;
    return endless;
  }
};

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

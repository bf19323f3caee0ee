// Why the function service turns a call or a start away.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/functions/function_listener.h"

namespace wukong::functions {

struct FunctionConfig;
struct LambdaSpec;

enum class ThrottleReason : uint8_t {
  request_rate,
  account_concurrency,
  reserved_concurrency,
  new_environments,
  memory,
  fault,
};
// As Lambda's 429 says it in `Reason`. For new environments that come too fast AWS documents none
// of their own. The last two are no limits of AWS.
constexpr std::string_view kThrottleReasonNames[] = {
    "CallerRateLimitExceeded",
    "ConcurrentInvocationLimitExceeded",
    "ReservedFunctionConcurrentInvocationLimitExceeded",
    "ConcurrentInvocationLimitExceeded",
    "the cluster's memory",
    "a fault of the run"};
using ThrottleCounts = std::array<uint64_t, std::size(kThrottleReasonNames)>;

// In words: which limit it was, and the option that would have let the call or start in.
struct ThrottleExplanation {
  std::string text;
  std::string option;
};
ThrottleExplanation explain_throttle(ThrottleReason reason, const LambdaSpec& spec,
                                     const FunctionConfig& config);

constexpr ThrottleReason reason_of(ApiAnswer answer) {
  return answer == ApiAnswer::by_fault ? ThrottleReason::fault : ThrottleReason::request_rate;
}

// REQUIRES: it is not a start.
constexpr ThrottleReason reason_of(StartOutcome outcome) {
  switch (outcome) {
    case StartOutcome::full:
      return ThrottleReason::account_concurrency;
    case StartOutcome::reserved_full:
      return ThrottleReason::reserved_concurrency;
    case StartOutcome::no_environment:
      return ThrottleReason::new_environments;
    case StartOutcome::no_memory:
      return ThrottleReason::memory;
    default:
      return ThrottleReason::fault;
  }
}

}  // namespace wukong::functions

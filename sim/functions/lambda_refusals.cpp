// The function service's refusals: API calls that it does not take, and which of its limits says
// so.
#include <cmath>
#include <string>

#include "sim/base/bytes.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_function.h"
#include "sim/functions/lambda_invocation.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/throttle_reason.h"

namespace wukong::functions {
namespace {

std::string reason_text(ThrottleReason reason) {
  return " (" + std::string(kThrottleReasonNames[static_cast<size_t>(reason)]) + ")";
}

}  // namespace

ThrottleExplanation explain_throttle(ThrottleReason reason, const LambdaSpec& spec,
                                     const FunctionConfig& config) {
  const std::string concurrency = std::to_string(spec.account_concurrency);
  const std::string of_account = "platform.functions.account_concurrency";
  switch (reason) {
    case ThrottleReason::fault:
      return {"the last time by a fault of the run", of_account};
    case ThrottleReason::request_rate: {
      const double rate =
          spec.requests_per_s_per_concurrency * static_cast<double>(spec.account_concurrency);
      return {"the API takes " + std::to_string(std::llround(rate)) + " requests a second, " +
                  std::to_string(std::llround(spec.requests_per_s_per_concurrency)) +
                  " for each of the account's concurrency of " + concurrency + reason_text(reason),
              of_account};
    }
    case ThrottleReason::account_concurrency:
      return {"the account's concurrency of " + concurrency + " was used up" + reason_text(reason),
              of_account};
    case ThrottleReason::reserved_concurrency:
      return {"the concurrency of " + std::to_string(config.reserved_concurrency.value_or(0)) +
                  " that is reserved for it was used up" + reason_text(reason),
              "platform.functions.reserved_concurrency"};
    case ThrottleReason::new_environments:
      return {"no more environments could be made so fast" + reason_text(reason),
              "platform.functions.scaling.burst"};
    case ThrottleReason::memory:
      return {"there was no memory for an environment of " + std::to_string(config.memory_mb) +
                  " MB beside those that run",
              "platform.functions.warm_pool.memory_limit_mb"};
  }
  return {};
}

InvokeReply LambdaService::refuse_payload(const Invocation& invocation, Bytes payload) {
  LambdaStatistics& statistics = invocation.tenant->statistics;
  if (statistics.refused++ > 0) return InvokeReply::payload_too_large;
  const InvocationSpec& spec = spec_.invocation;
  const bool synchronous = invocation.synchronous;
  const Bytes limit = synchronous ? spec.sync_payload_limit : spec.async_payload_limit;
  statistics.first_refusal = "a payload of " + std::to_string(payload.count()) +
                             " B is more than the " + std::to_string(limit.count()) +
                             " B that the platform takes; a larger " +
                             "platform.functions.invocation." + (synchronous ? "sync" : "async") +
                             "_payload_limit_kib would help";
  statistics.payload_refused = true;
  return InvokeReply::payload_too_large;
}

InvokeReply LambdaService::refuse_throttled(const Invocation& invocation, ThrottleReason reason) {
  LambdaStatistics& statistics = invocation.tenant->statistics;
  if (statistics.refused++ > 0) return InvokeReply::throttled;
  const auto [text, option] = explain_throttle(reason, spec_, invocation.function->config);
  // Nobody here calls again for an event that arrives by itself, or a call from outside.
  const bool once = invocation.timed || invocation.outside != nullptr;
  const int64_t attempts = once ? 1 : spec_.client_retry.attempts;
  const char* const also = once ? "" : " or more platform.functions.client_retry.attempts";
  statistics.first_refusal = "a call of the function " + invocation.function->config.name +
                             " was answered with 429 " + times(static_cast<uint64_t>(attempts)) +
                             ": " + text + "; a larger " + option + also + " would help";
  return InvokeReply::throttled;
}

}  // namespace wukong::functions

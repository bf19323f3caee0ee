// The function service's refusals: API calls that it does not take, and which of its limits says
// so.
#include <cmath>
#include <string>

#include "sim/functions/admission.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_function.h"
#include "sim/functions/lambda_invocation.h"
#include "sim/functions/lambda_service.h"

namespace wukong::functions {

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

InvokeReply LambdaService::refuse_throttled(const Invocation& invocation, bool by_fault,
                                            bool in_rate) {
  LambdaStatistics& statistics = invocation.tenant->statistics;
  if (statistics.refused++ > 0) return InvokeReply::throttled;
  std::string text = "a call of the function " + std::string(invocation.function->config.name) +
                     " was answered with 429 " +
                     times(static_cast<uint64_t>(spec_.client_retry.attempts)) + ": ";
  std::string option = "platform.functions.account_concurrency";
  if (by_fault) {
    text += "the last time by a fault of the run";
  } else if (!in_rate) {
    const double rate =
        spec_.requests_per_s_per_concurrency * static_cast<double>(spec_.account_concurrency);
    text += "the API takes " + std::to_string(std::llround(rate)) + " requests a second, " +
            std::to_string(std::llround(spec_.requests_per_s_per_concurrency)) +
            " for each of the account's concurrency of " +
            std::to_string(spec_.account_concurrency);
  } else if (admission_->full()) {
    text += "the account's concurrency of " + std::to_string(spec_.account_concurrency) +
            " was used up";
  } else {
    text += "no more environments could be made so fast";
    option = "platform.functions.scaling.burst";
  }
  statistics.first_refusal = text + "; a larger " + option +
                             " or more platform.functions.client_retry.attempts would help";
  return InvokeReply::throttled;
}

}  // namespace wukong::functions

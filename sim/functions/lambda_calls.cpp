// The function service's API call: what its caller goes through until it has a reply.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "sim/accounting/usage.h"
#include "sim/base/check.h"
#include "sim/engine/span.h"
#include "sim/engine/trace.h"
#include "sim/functions/admission.h"
#include "sim/functions/function_listener.h"
#include "sim/functions/invocation_faults.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_function.h"
#include "sim/functions/lambda_invocation.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/lambda_spec.h"
#include "sim/functions/outside/outside_call.h"
#include "sim/functions/throttle_reason.h"

namespace wukong::functions {
namespace {

ApiAnswer answer_of(bool throttled, bool in_rate) {
  if (throttled) return ApiAnswer::by_fault;
  return in_rate ? ApiAnswer::in_rate : ApiAnswer::beyond_rate;
}

}  // namespace

engine::Task<InvokeReply> LambdaService::invoke_async(Tenant& tenant, const hosts::Host& caller,
                                                      FunctionId function, Bytes payload,
                                                      Handler handler) {
  Request request = make_request(tenant, function, std::move(handler), false);
  if (faults_ != nullptr) return call_with_faults(caller.id, std::move(request), payload);
  return call(caller.id, std::move(request), payload);
}

engine::Task<InvokeReply> LambdaService::invoke_sync(Tenant& tenant, const hosts::Host& caller,
                                                     FunctionId function, Bytes payload,
                                                     Handler handler) {
  Request request = make_request(tenant, function, std::move(handler), true);
  if (faults_ != nullptr) return call_with_faults(caller.id, std::move(request), payload);
  return call(caller.id, std::move(request), payload);
}

engine::Task<InvokeReply> LambdaService::call_with_faults(HostId caller, Request request,
                                                          Bytes payload) {
  co_await faults_->before_call(caller);
  engine::Task<InvokeReply> called = call(caller, std::move(request), payload);
  const InvokeReply reply = co_await std::move(called);
  co_await faults_->after_call(caller);
  co_return reply;
}

LambdaService::Request LambdaService::make_request(Tenant& tenant, FunctionId function,
                                                   Handler handler, bool synchronous) {
  ENSURE(function.index() < functions_.size() && handler);
  Invocation& invocation = invocations_.take();
  invocation.tenant = &tenant;
  invocation.family = &engine_.family();
  ++tenant.unfinished;
  invocation.function = functions_[function.index()].get();
  invocation.id = InvocationId(next_invocation_++);
  invocation.synchronous = synchronous;
  invocation.handler = std::move(handler);
  return Request(&invocation, GiveBack{this});
}

engine::Task<InvokeReply> LambdaService::call(HostId caller, Request request, Bytes payload) {
  const InvocationSpec& spec = spec_.invocation;
  const bool synchronous = request->synchronous;
  const Bytes limit = synchronous ? spec.sync_payload_limit : spec.async_payload_limit;
  Tenant& tenant = *request->tenant;
  tenant.usage.count(accounting::Operation::invoke);
  engine::Span span(engine_, {engine::SpanKind::invoke, request->function->config.role,
                              caller.value(), request->id.value()});
  span.note("bytes", payload.count());
  for (int64_t attempt = 1;; ++attempt) {
    const Duration overhead = tenant.calls.noisy(spec.overhead, spec.overhead_sigma);
    co_await engine_.sleep(overhead + transfer_time(payload, spec.payload_bandwidth),
                           "an invocation's API call");
    if (payload > limit) co_return refuse_payload(*request, payload);
    request->accepted = engine_.now();
    const bool throttled = faults_ != nullptr && faults_->strikes(InvocationFault::throttled_call);
    const bool in_rate = !throttled && admission_->accept_request(engine_.now());
    const ApiAnswer answer = answer_of(throttled, in_rate);
    if (listener_ != nullptr) [[unlikely]]
      listener_->called(engine_.now(), request->id, answer, overhead);
    ThrottleReason reason = reason_of(answer);
    if (in_rate) {
      if (!synchronous) break;
      const StartOutcome outcome = start(*request);
      if (starts(outcome)) break;
      reason = reason_of(outcome);
    }
    count_throttle(*request, reason);
    if (attempt >= spec_.client_retry.attempts) co_return refuse_throttled(*request, reason);
    tenant.usage.count(accounting::Operation::retry);
    const engine::Span waiting(engine_,
                               {engine::SpanKind::wait, "back-off after a 429", caller.value()});
    co_await engine_.sleep(client_backoff(tenant, attempt), "its back-off after a 429");
  }
  Invocation& invocation = *request.release();
  engine_.record(engine::TraceKind::invoked, invocation.id.value(), invocation.function->id.value(),
                 payload.count());
  span.causes(invocation.id.value());
  if (synchronous) {
    Reply reply(engine_, invocation);
    co_return co_await reply;
  }
  deliver(invocation);
  co_return InvokeReply::accepted;
}

std::optional<ThrottleReason> LambdaService::take_call(Tenant& tenant, FunctionId function,
                                                       const outside::CallTerms& terms,
                                                       outside::Call& call) {
  Handler handler = [&call](Environment& environment) { return call.run(environment); };
  Request request = make_request(tenant, function, std::move(handler), terms.waited_for);
  Invocation& invocation = *request;
  ENSURE(!invocation.function->closed, function.value());
  const AsyncEventSpec& events = spec_.async_events;
  invocation.outside = &call;
  invocation.retries_most = static_cast<uint16_t>(
      std::min(terms.retries.value_or(events.retry_waits_s.size()), events.retry_waits_s.size()));
  invocation.age_most = terms.age_most.value_or(events.age_limit);
  invocation.accepted = engine_.now();
  tenant.usage.count(accounting::Operation::invoke);
  const bool in_rate = admission_->accept_request(engine_.now());
  if (listener_ != nullptr) [[unlikely]]
    listener_->called(engine_.now(), invocation.id, answer_of(false, in_rate), Duration::zero());
  std::optional<ThrottleReason> refusal;
  if (!in_rate) {
    refusal = ThrottleReason::request_rate;
  } else if (terms.waited_for) {
    const StartOutcome outcome = start(invocation);
    if (!starts(outcome)) refusal = reason_of(outcome);
  }
  if (refusal) {
    count_throttle(invocation, *refusal);
    refuse_throttled(invocation, *refusal);
    return refusal;
  }
  request.release();
  engine_.record(engine::TraceKind::invoked, invocation.id.value(), function.value());
  if (!terms.waited_for) deliver(invocation);
  return std::nullopt;
}

Duration LambdaService::client_backoff(Tenant& tenant, int64_t attempt) {
  const ClientRetrySpec& spec = spec_.client_retry;
  const double doublings = static_cast<double>(int64_t{1} << (attempt - 1));
  return scaled(spec.backoff_base, doublings * (spec.jitter ? tenant.backoffs.uniform() : 1));
}

void LambdaService::count_throttle(const Invocation& invocation, ThrottleReason reason) {
  ++invocation.tenant->statistics.throttles;
  ++invocation.tenant->statistics.throttles_by_reason[static_cast<size_t>(reason)];
  engine_.record(engine::TraceKind::throttled, invocation.id.value(),
                 invocation.function->id.value());
  engine::tell_mark(engine_, "throttled", invocation.id.value());
}

}  // namespace wukong::functions

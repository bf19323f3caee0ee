// The function service's asynchronous invocations: how an accepted event comes to its executions.
#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/check.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/trace.h"
#include "sim/functions/admission.h"
#include "sim/functions/function_listener.h"
#include "sim/functions/invocation_faults.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/lambda_function.h"
#include "sim/functions/lambda_invocation.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/throttle_reason.h"

namespace wukong::functions {
namespace {

std::string aged_out_text(ThrottleReason reason, const LambdaSpec& spec,
                          const FunctionConfig& config) {
  const auto [text, option] = explain_throttle(reason, spec, config);
  return "it was throttled for longer than the " +
         std::to_string(std::llround(spec.async_events.age_limit.to_seconds())) +
         " s that an event is kept: " + text + "; a larger " + option + " would help";
}

}  // namespace

void LambdaService::deliver(Invocation& event) {
  if (faults_ != nullptr && faults_->strikes(InvocationFault::duplicate_event)) deliver_twin(event);
  if (faults_ != nullptr && faults_->strikes(InvocationFault::lost_event)) {
    const std::vector<double>& waits = spec_.async_events.retry_waits_s;
    const Duration wait = Duration::from_seconds(waits.empty() ? 1 : waits.front());
    engine_.spawn_in(*event.family, retry(event, wait), "lost event");
    return;
  }
  const StartOutcome outcome = start(event);
  if (!starts(outcome))
    engine_.spawn_in(*event.family, back_off(event, outcome), "throttled event");
}

// A second delivery, retried by itself. The handler stays with the first, and so does the first
// until both have ended.
void LambdaService::deliver_twin(Invocation& event) {
  Handler handler = [&event](Environment& environment) { return event.handler(environment); };
  Request request = make_request(*event.tenant, event.function->id, std::move(handler), false);
  Invocation& twin = *request.release();
  twin.accepted = engine_.now();
  twin.twin_of = &event;
  event.twin = &twin;
  engine_.record(engine::TraceKind::invoked, twin.id.value(), twin.function->id.value());
  const StartOutcome outcome = start(twin);
  if (!starts(outcome)) engine_.spawn_in(*twin.family, back_off(twin, outcome), "throttled event");
}

engine::Task<> LambdaService::retry(Invocation& event, Duration wait) {
  co_await engine_.sleep(wait, "its retry");
  if (give_up_if_gone(event)) co_return;
  const StartOutcome outcome = start(event);
  if (!starts(outcome)) co_await back_off(event, outcome);
}

engine::Task<> LambdaService::back_off(Invocation& event, StartOutcome outcome) {
  const AsyncEventSpec& spec = spec_.async_events;
  Duration wait = spec.backoff_base;
  do {
    count_throttle(event, reason_of(outcome));
    const Duration age_most = event.outside != nullptr ? event.age_most : spec.age_limit;
    if (engine_.now() + wait - event.accepted > age_most) {
      if (event.causes == nullptr) event.causes = std::make_unique<FailureCauses>();
      event.causes->add(aged_out_text(reason_of(outcome), spec_, event.function->config));
      ++event.tenant->statistics.aged_out;
      event.end = outside::CallEnd::aged_out;
      drop(event);
      co_return;
    }
    co_await engine_.sleep(wait, "its back-off after a throttle");
    wait = std::min(wait * 2, spec.backoff_most);
    if (give_up_if_gone(event)) co_return;
    outcome = start(event);
  } while (!starts(outcome));
}

void LambdaService::take_event(Tenant& tenant, FunctionId function, Duration time) {
  ENSURE(time >= Duration::zero() && function.index() < functions_.size(), time.count_ns());
  Invocation& event = invocations_.take();
  event.tenant = &tenant;
  event.family = &engine_.family();
  event.function = functions_[function.index()].get();
  event.id = InvocationId(next_invocation_++);
  event.accepted = engine_.now();
  event.timed = true;
  event.service = this;
  event.time = time;
  event.queued = Duration::zero();
  event.price = Money();
  ++tenant.unfinished;
  engine_.record(engine::TraceKind::invoked, event.id.value(), function.value());
  if (!admission_->accept_request(engine_.now())) {
    count_throttle(event, ThrottleReason::request_rate);
    refuse_throttled(event, ThrottleReason::request_rate);
    tell_end(event, true);
    return give_back(event);
  }
  const StartOutcome outcome = start(event);
  if (!starts(outcome))
    engine_.spawn_in(*event.family, back_off(event, outcome), "throttled event");
}

// The time limit of a function whose run is known needs no watch.
void LambdaService::schedule_end(Invocation& event) {
  const Duration run = std::min(event.time, event.function->config.time_limit);
  engine_.events().schedule(
      event.started + run,
      [](void* context) {
        auto* const ended = static_cast<Invocation*>(context);
        ended->service->end_timed(*ended);
      },
      &event);
}

void LambdaService::end_timed(Invocation& event) {
  count_begin(event);
  if (event.time <= event.function->config.time_limit) return succeed(event);
  ++event.tenant->statistics.timeouts;
  fail(event, time_out_text(*event.function), outside::CallEnd::timed_out);
}

void LambdaService::tell_end(const Invocation& event, bool failed) {
  if (event.tenant->watcher != nullptr)
    event.tenant->watcher->ended({event.function->id, event.accepted, event.started, event.queued,
                                  event.price, event.cold, failed});
}

void LambdaService::drop(Invocation& event) {
  LambdaStatistics& statistics = event.tenant->statistics;
  if (statistics.dropped++ == 0)
    statistics.first_drop = event.function->config.name + " #" + std::to_string(event.id.value()) +
                            " was given up at " + std::to_string(engine_.now().to_seconds()) +
                            " s after " + std::to_string(event.retries) +
                            " retries: " + event.causes->text();
  if (event.timed) tell_end(event, true);
  if (event.outside != nullptr) return tell_outside(event, event.end);
  give_back(event);
}

bool LambdaService::give_up_if_gone(Invocation& event) {
  const LambdaFunction* function = event.function;
  while (function->successor != nullptr) function = function->successor;
  if (!function->closed) return false;
  if (event.causes == nullptr) event.causes = std::make_unique<FailureCauses>();
  event.causes->add("its function is gone");
  event.end = outside::CallEnd::function_gone;
  drop(event);
  return true;
}

// What it ends may use the service: it is told when nothing of the invocation is left.
void LambdaService::tell_outside(Invocation& invocation, outside::CallEnd end) {
  outside::Call& call = *invocation.outside;
  const std::string cause = invocation.causes == nullptr ? "" : invocation.causes->text();
  give_back(invocation);
  call.ended(end, cause);
}

}  // namespace wukong::functions

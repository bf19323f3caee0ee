#include "runtime/serving/invoke_door.h"

#include <memory>
#include <utility>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/function_url.h"
#include "sim/functions/throttle_reason.h"

namespace wukong::serving {

using lambda_api::InvocationType;
using std::chrono::steady_clock;

namespace {

lambda_api::ApiError refused(functions::ThrottleReason reason) {
  return lambda_api::throttled(
      std::string(functions::kThrottleReasonNames[static_cast<size_t>(reason)]));
}

http::Response answer_to(const Order& order, const InvocationEnd& end, bool wants_log) {
  lambda_api::InvokeAnswer answer;
  answer.version = order.version;
  environments::Outcome outcome = end.outcome.value_or(environments::Outcome());
  if (end.end == outside::CallEnd::answer_too_large && !outcome.failed())
    outcome = environments::response_too_large(outcome.payload.size());
  answer.function_error = outcome.failed();
  if (wants_log) answer.log = outcome.log_tail;
  answer.body = environments::answer_body(outcome, order.request_id);
  return lambda_api::response_of(answer);
}

}  // namespace

InvokeDoor::InvokeDoor(const Parts& parts)
    : parts_(parts),
      destinations_(parts.control.limits(), parts.destinations,
                    [this](const lambda_api::FunctionName& name, std::string payload) {
                      invoke_destination(name, std::move(payload));
                    }) {}

InvokeDoor::Chosen InvokeDoor::choose(const lambda_api::FunctionName& name) {
  const lambda_api::Function& function = parts_.control.function(name);
  const lambda_api::Version& version = control_plane::ControlPlane::version_of(
      parts_.control.limits(), function, name.qualifier, parts_.random.uniform());
  lambda_api::check_state(version, parts_.account.now_ms());
  return {function, version,
          name.qualifier.empty() ? std::string(lambda_api::kLatest) : name.qualifier};
}

Order InvokeDoor::order_of(const Chosen& chosen, const std::string& request_id,
                           std::string payload) const {
  Order order;
  order.function = parts_.deployments.function_of(chosen.function.name, chosen.version.number);
  order.name = chosen.function.name;
  order.version = chosen.version.number;
  order.invoked_arn =
      lambda_api::function_arn(parts_.control.limits().owner, chosen.function.name,
                               chosen.qualifier == lambda_api::kLatest ? "" : chosen.qualifier);
  order.request_id = request_id;
  order.payload = payload.empty() ? "{}" : std::move(payload);
  order.time_limit = std::chrono::seconds(chosen.version.configuration.timeout_s);
  order.terms.waited_for = true;
  return order;
}

void InvokeDoor::invoke(const lambda_api::Route& route, const http::Request& request,
                        const std::string& request_id, const http::Answer& answer) {
  const lambda_api::Limits& limits = parts_.control.limits();
  const lambda_api::InvokeRequest invoke = lambda_api::parse_invoke(limits, route, request);
  const Chosen chosen = choose(invoke.name);
  if (invoke.type == InvocationType::dry_run) return answer(lambda_api::dry_run());
  lambda_api::check_payload(limits, invoke.type, request.body);
  Order order = order_of(chosen, request_id, request.body);
  order.client_context = invoke.client_context;
  order.trace_id = request.header("X-Amzn-Trace-Id");
  if (invoke.type == InvocationType::event) {
    start_event(chosen, std::move(order));
    return answer(lambda_api::accepted_event(chosen.version.number));
  }
  start(std::move(order),
        [answer, wants_log = invoke.wants_log](const Order& done, const InvocationEnd& end) {
          answer(answer_to(done, end, wants_log));
        });
}

void InvokeDoor::invoke_url(const http::Request& request, const std::string& request_id,
                            const http::Answer& answer) {
  const lambda_api::Limits& limits = parts_.control.limits();
  const lambda_api::UrlTarget target = lambda_api::url_target(request.target);
  const lambda_api::FunctionName name =
      lambda_api::function_of_url(parts_.control.functions(), target.id);
  const Chosen chosen = choose(name);
  std::string event = lambda_api::url_event(target, request, request_id, parts_.account.now_ms());
  lambda_api::check_payload(limits, InvocationType::request_response, event);
  start(order_of(chosen, request_id, std::move(event)), [answer](const Order&,
                                                                 const InvocationEnd& end) {
    const bool failed = !end.outcome || end.outcome->failed();
    answer(failed ? lambda_api::url_failure() : lambda_api::url_response(end.outcome->payload));
  });
}

// Throws the 429, if it is one.
void InvokeDoor::start(Order order, Answered answered) {
  const steady_clock::time_point arrived = steady_clock::now();
  const std::string name = order.name;
  const auto invocation = std::make_shared<Invocation>(
      parts_.surroundings, std::move(order),
      [this, arrived, answered = std::move(answered)](const Invocation& ended, const Order& done,
                                                      const InvocationEnd& end) {
        note(done, end, arrived);
        answered(done, end);
        unfinished_.erase(&ended);
      });
  unfinished_[invocation.get()] = invocation;
  const auto refusal = invocation->begin();
  if (!refusal) return;
  unfinished_.erase(invocation.get());
  parts_.activity.throttled(name);
  throw refused(*refusal);
}

void InvokeDoor::start_event(const Chosen& chosen, Order order) {
  order.terms.waited_for = false;
  const auto& configs = chosen.function.event_configs;
  const auto config = configs.find(chosen.qualifier);
  if (config != configs.end()) {
    if (config->second.retries) order.terms.retries = static_cast<size_t>(*config->second.retries);
    if (config->second.age_s) order.terms.age_most = Duration::seconds(*config->second.age_s);
  }
  start(std::move(order),
        [this, qualifier = chosen.qualifier](const Order& done, const InvocationEnd& end) {
          const auto& functions = parts_.control.functions();
          const auto function = functions.find(done.name);
          if (function == functions.end()) return;
          const auto& known = function->second.event_configs;
          const auto found = known.find(qualifier);
          destinations_.tell(function->second, found == known.end() ? nullptr : &found->second,
                             done, end);
        });
}

void InvokeDoor::invoke_destination(const lambda_api::FunctionName& name, std::string payload) {
  const Chosen chosen = choose(name);
  start_event(chosen, order_of(chosen, parts_.account.new_id(), std::move(payload)));
}

void InvokeDoor::note(const Order& order, const InvocationEnd& end,
                      steady_clock::time_point arrived) {
  parts_.activity.ended(order.name, {.latency = steady_clock::now() - arrived,
                                     .failed = end.end != outside::CallEnd::succeeded,
                                     .cold_starts = end.cold_starts});
}

}  // namespace wukong::serving

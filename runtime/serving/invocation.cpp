#include "runtime/serving/invocation.h"

#include <utility>

#include "runtime/environments/environment.h"
#include "runtime/loop/foreign_call.h"
#include "runtime/serving/fleet.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/functions/throttle_reason.h"

namespace wukong::serving {

using environments::Outcome;
using environments::OutcomeKind;
using functions::HandlerResult;

namespace {

std::string text_of(const Outcome& outcome) {
  return outcome.error_type.empty() ? outcome.error_message
                                    : outcome.error_type + ": " + outcome.error_message;
}

std::chrono::system_clock::time_point wall_time(Duration from_now) {
  return std::chrono::system_clock::now() +
         std::chrono::duration_cast<std::chrono::system_clock::duration>(
             std::chrono::nanoseconds(from_now.count_ns()));
}

}  // namespace

// While a call is in an environment. The service destroys it at the time limit.
class Invocation::Execution {
 public:
  Execution(Fleet& fleet, HostId host, std::chrono::milliseconds limit)
      : fleet_(fleet), host_(host), limit_(limit) {}
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;
  ~Execution() {
    if (!has_ended_) fleet_.time_out(host_, limit_);
  }
  void end() { has_ended_ = true; }

 private:
  Fleet& fleet_;
  HostId host_;
  std::chrono::milliseconds limit_;
  bool has_ended_ = false;
};

Invocation::Invocation(const Surroundings& surroundings, Order order, Ended ended)
    : surroundings_(surroundings), order_(std::move(order)), ended_(std::move(ended)) {}

std::optional<functions::ThrottleReason> Invocation::begin() {
  return surroundings_.service.take_call(order_.function, order_.terms, *this);
}

engine::Task<HandlerResult> Invocation::run(functions::Environment& environment) {
  ++end_.executions;
  const bool was_there = environment.provisioned || environment.prewarmed;
  if (environment.invocations == 1 && !was_there) ++end_.cold_starts;
  end_.outcome.reset();
  const HostId host = environment.host.id;
  const Fleet::Place place = surroundings_.fleet.at(host);
  if (place.failure) {
    environment.failure = text_of(*place.failure);
    end_.outcome = *place.failure;
    co_return HandlerResult::error;
  }
  Execution execution(surroundings_.fleet, host, order_.time_limit);
  loop::ForeignCall<bool> call(surroundings_.engine, surroundings_.clock, "the function's answer");
  environments::Event event{order_.request_id,
                            order_.payload,
                            wall_time(environment.deadline - surroundings_.engine.now()),
                            order_.invoked_arn,
                            order_.trace_id,
                            order_.client_context};
  is_awaited_ = true;
  place.environment->thaw();
  place.environment->invoke(std::move(event),
                            [self = shared_from_this(), reply = call.reply()](Outcome outcome) {
                              self->take(std::move(outcome));
                              reply(true);
                            });
  co_await call;
  execution.end();
  const Outcome& outcome = *end_.outcome;
  if (!outcome.ends_environment) place.environment->freeze();
  if (!outcome.failed()) {
    environment.response = Bytes(static_cast<int64_t>(outcome.payload.size()));
    co_return HandlerResult::success;
  }
  environment.failure = text_of(outcome);
  co_return outcome.ends_environment ? HandlerResult::error : HandlerResult::error_and_warm;
}

void Invocation::take(Outcome outcome) {
  end_.outcome = std::move(outcome);
  is_awaited_ = false;
  if (is_over_) finish();
}

// At the time limit the environment has just been told to end, and its last words are yet to come.
void Invocation::ended(outside::CallEnd end, const std::string&) {
  end_.end = end;
  is_over_ = true;
  if (!is_awaited_) finish();
}

void Invocation::finish() {
  const std::shared_ptr<Invocation> self = shared_from_this();
  // The service, which has just told of the end, is done with it when what it does now is over.
  surroundings_.clock.post([self] {});
  ended_(*this, order_, end_);
}

}  // namespace wukong::serving

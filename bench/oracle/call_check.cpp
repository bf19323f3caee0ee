#include "bench/oracle/call_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/run/run_result.h"

namespace wukong::oracle {

using engine::TraceKind;
using functions::ApiAnswer;
using functions::StartOutcome;

namespace {

int64_t request_rate(const functions::LambdaSpec& spec) {
  return std::llround(spec.requests_per_s_per_concurrency *
                      static_cast<double>(spec.account_concurrency));
}

}  // namespace

CallCheck::CallCheck(const functions::LambdaSpec& spec, invariants::BrokenInvariants& broken)
    : spec_(spec),
      broken_(broken),
      requests_(request_rate(spec), request_rate(spec), kSecond_ns, 0) {}

// ---- the caller

void CallCheck::on(Time time, const CallBegan& began) {
  Invocation& made = invocations_[began.invocation.value()];
  const int64_t sent = time_of(began.payload.count(), spec_.invocation.payload_bandwidth.count());
  made.call = spec_.invocation.overhead + Duration::nanoseconds(sent);
  made.earliest = made.latest = time + made.call;
}

void CallCheck::on(Time time, const Called& called) {
  const auto found = invocations_.find(called.invocation.value());
  if (found == invocations_.end()) return broken_.expect(false, "an answer without a call");
  Invocation& invocation = found->second;
  broken_.expect(!invocation.accepted && invocation.calls < spec_.client_retry.attempts,
                 "a call is made too often");
  broken_.expect(
      time >= invocation.earliest && time <= invocation.latest,
      fmt::format("the call of invocation {} is answered at {:.9f} s and not at {:.9f} s",
                  called.invocation.value(), time.to_seconds(), invocation.earliest.to_seconds()));
  ++invocation.calls;
  invocation.since = time;
  invocation.in_rate = called.answer == ApiAnswer::in_rate;
  if (called.answer != ApiAnswer::by_fault) {
    const bool in_rate = requests_.take(time.count_ns());
    broken_.expect(in_rate == invocation.in_rate,
                   fmt::format("the API {} a call at {:.9f} s that is {} its rate",
                               in_rate ? "refuses" : "takes", time.to_seconds(),
                               in_rate ? "within" : "beyond"));
  }
  if (!invocation.in_rate) refuse(invocation, time);
}

// A 429: the caller waits for twice as long each time, perhaps for a random part of that.
void CallCheck::refuse(Invocation& called, Time time) {
  ++throttles_;
  called.in_rate = false;
  const functions::ClientRetrySpec& retry = spec_.client_retry;
  double wait_s = retry.backoff_base.to_seconds();
  for (int64_t i = 1; i < called.calls; ++i) wait_s *= 2;
  called.latest = time + Duration::from_seconds(wait_s) + called.call;
  called.earliest = retry.jitter ? time + called.call : called.latest;
}

// ---- the service

Duration CallCheck::first_wait() const {
  const std::vector<double>& waits = spec_.async_events.retry_waits_s;
  return Duration::from_seconds(waits.empty() ? 1 : waits.front());
}

void CallCheck::on(Time time, const functions::StartAttempt& attempt) {
  const auto found = invocations_.find(attempt.invocation.value());
  if (found == invocations_.end()) return broken_.expect(false, "a start without an invocation");
  Invocation& invocation = found->second;
  const bool starts =
      attempt.outcome == StartOutcome::warm || attempt.outcome == StartOutcome::cold;
  if (!invocation.accepted) {  // its caller waits for its end, or is told of a 429 at once
    broken_.expect(invocation.in_rate && invocation.since == time, "a start without a call");
    invocation.synchronous = true;
    return starts ? void() : refuse(invocation, time);
  }
  const bool in_time = invocation.due == time || invocation.due_if_lost == time;
  broken_.expect(
      in_time && !invocation.ended,
      fmt::format("event {} is tried at {:.9f} s and not at {:.9f} s", attempt.invocation.value(),
                  time.to_seconds(), invocation.due.value_or(Time()).to_seconds()));
  if (invocation.due != time) ++lost_;
  invocation.due.reset();
  invocation.due_if_lost.reset();
  if (!starts) throttle(invocation, time);
}

// An event that found no place waits for twice as long each time, up to the most, and is given up
// when it would be too old.
void CallCheck::throttle(Invocation& event, Time time) {
  ++throttles_;
  const functions::AsyncEventSpec& spec = spec_.async_events;
  if (event.back_off == Duration::zero()) event.back_off = spec.backoff_base;
  if (time + event.back_off - event.since > spec.age_limit) {
    event.ended = true;
    ++dropped_;
    ++aged_out_;
    return;
  }
  event.due = time + event.back_off;
  event.back_off = std::min(event.back_off + event.back_off, spec.backoff_most);
}

void CallCheck::on(Time time, const engine::TraceRecord& record) {
  Invocation& invocation = invocations_[record.actor];
  switch (record.kind) {
    case TraceKind::invoked:
      // A second delivery of an event has had no call of its own.
      if (invocation.calls == 0) invocation.since = time;
      invocation.accepted = true;
      if (invocation.synchronous) return;
      invocation.due = time;
      invocation.due_if_lost = time + first_wait();
      return;
    case TraceKind::started:
      ++executions_;
      if (invocation.failed > 0) ++retries_;
      return;
    case TraceKind::throttled:
      ++recorded_throttles_;
      return;
    case TraceKind::finished:
      invocation.ended = true;
      return;
    case TraceKind::failed: {
      const std::vector<double>& waits = spec_.async_events.retry_waits_s;
      invocation.ended = invocation.synchronous || invocation.failed == waits.size();
      if (invocation.ended && !invocation.synchronous) ++dropped_;
      if (invocation.ended) return;
      invocation.due = time + Duration::from_seconds(waits[invocation.failed++]);
      invocation.back_off = Duration::zero();
      return;
    }
    default:
      return;
  }
}

void CallCheck::end(const RunRecord& record, const run::RunResult& result) {
  for (const auto& [number, invocation] : invocations_) {
    if (!invocation.due || invocation.ended) continue;
    const Time latest = std::max(*invocation.due, invocation.due_if_lost.value_or(Time()));
    broken_.expect(latest >= record.end, fmt::format("event {} is never tried again, and was to be "
                                                     "at {:.9f} s",
                                                     number, latest.to_seconds()));
  }
  const auto is = [this](const char* what, uint64_t counted, uint64_t expected) {
    broken_.expect(counted == expected, fmt::format("the result counts {} {}, and there were {}",
                                                    counted, what, expected));
  };
  const auto lost = std::count_if(
      result.faults.begin(), result.faults.end(),
      [](const auto& fault) { return fault.point.kind == faults::FaultKind::lost_invocation; });
  broken_.expect(lost_ <= static_cast<uint64_t>(lost),
                 "an event is started late that was not lost");
  // Who was ended in the middle of an instant has not counted everything of it.
  if (result.avalanche) return;
  is("throttles", result.throttles, throttles_);
  broken_.expect(recorded_throttles_ == throttles_, "the trace has other throttles than the run");
  is("executions of functions", result.invocations, executions_);
  is("retries of functions", result.retries, retries_);
  is("invocations that were given up", result.dropped, dropped_);
  is("events that were too old", result.aged_out, aged_out_);
}

}  // namespace wukong::oracle

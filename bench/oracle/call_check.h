// Invocations on their way to an execution: how long an API call takes, which ones the API takes,
// when a caller tries again, when the service does, and when it gives up.
#pragma once

#include <map>
#include <optional>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/plain_arithmetic.h"
#include "bench/oracle/record.h"
#include "sim/functions/lambda_spec.h"

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::oracle {

class CallCheck {
 public:
  // Both outlive it.
  CallCheck(const functions::LambdaSpec& spec, invariants::BrokenInvariants& broken);

  void on(Time time, const CallBegan& began);
  void on(Time time, const Called& called);
  void on(Time time, const functions::StartAttempt& attempt);
  void on(Time time, const engine::TraceRecord& record);
  template <class Other>
  void on(Time, const Other&) {}

  void end(const RunRecord& record, const run::RunResult& result);

 private:
  struct Invocation {
    Duration call;          // what one call of the API takes
    int64_t calls = 0;      // that were answered
    Time earliest;          // when the next one is answered, by the back-off before it,
    Time latest;            // if that is random
    bool in_rate = false;   // the API has taken it
    bool accepted = false;  // and its caller knows
    Time since;             // when
    bool synchronous = false;
    size_t failed = 0;  // executions
    Duration back_off;  // after the next throttle
    // When the next attempt to start it is, and if it was lost.
    std::optional<Time> due;
    std::optional<Time> due_if_lost;
    bool ended = false;
  };

  void refuse(Invocation& called, Time time);
  void throttle(Invocation& event, Time time);
  Duration first_wait() const;

  const functions::LambdaSpec& spec_;
  invariants::BrokenInvariants& broken_;
  Tokens requests_;
  std::map<uint32_t, Invocation> invocations_;
  uint64_t throttles_ = 0;
  uint64_t recorded_throttles_ = 0;
  uint64_t executions_ = 0;
  uint64_t retries_ = 0;
  uint64_t dropped_ = 0;
  uint64_t aged_out_ = 0;
  uint64_t lost_ = 0;
};

}  // namespace wukong::oracle

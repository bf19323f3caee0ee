// The environments of functions: which one an execution gets, when it begins there, how long it may
// run, when an idle one is gone, and how many may run and be made. Each decision of the service is
// made once more from what happened before it, with plain lists.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/latency_sample.h"
#include "bench/oracle/plain_arithmetic.h"
#include "bench/oracle/record.h"
#include "sim/functions/lambda_spec.h"

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::oracle {

class EnvironmentCheck {
 public:
  // Both outlive it.
  EnvironmentCheck(const functions::LambdaSpec& spec, invariants::BrokenInvariants& broken);

  void on(Time time, const FunctionAdded& added);
  void on(Time time, const functions::StartAttempt& attempt);
  void on(Time time, const Evicted& evicted);
  void on(Time time, const Prewarmed& prewarmed);
  void on(Time time, const Provisioned& provisioned);
  void on(Time time, const engine::TraceRecord& record);
  template <class Other>
  void on(Time, const Other&) {}

  void end(const RunRecord& record, const run::RunResult& result);

 private:
  struct Environment {
    std::optional<uint32_t> host;  // absent: prewarmed, and never served
    Time idle_since;
    uint64_t turn = 0;    // among those that became idle, of all functions
    double priority = 0;  // of the policies that have one
  };
  // Numbers of environments, in the order of their making.
  struct Function {
    functions::FunctionConfig config;
    std::vector<Environment> environments;
    std::set<size_t> idle;
    std::set<std::pair<uint64_t, size_t>> turns;  // of those, in the order in which they became so
    std::set<size_t> unserved;                    // of those, the ones that never served
    std::map<uint32_t, size_t> on_host;           // environments that served, by host
    bool spare_next = false;                      // of Eviction::halving
    bool evictions_known = true;
    std::set<size_t> provisioned_idle;
    std::map<Time, int64_t> coming;  // provisioned ones, by when they come up
    size_t running = 0;
    size_t running_on_demand = 0;
    double frequency = 0;  // since it last had no environment
  };
  struct Running {
    uint32_t function = 0;
    uint32_t invocation = 0;
    size_t environment = 0;
    bool cold = false;
    bool provisioned = false;
    Time due;                   // its handler's start
    std::optional<Time> since;  // it has started
  };

  std::optional<functions::StartOutcome> expected_refusal(const Function& function) const;
  void take_provisioned(Function& function, const functions::StartAttempt& attempt, Time time);
  size_t choose(const std::set<size_t>& idle) const;
  bool knows_times() const;
  int64_t busy_mb() const;
  int64_t warm_mb() const;
  void check_memory(Time time);
  double priority_now(const Function& function) const;
  void check_victim(const Function& function, const Environment& gone);
  void check_cause(const Function& function, size_t gone, const Evicted& evicted);
  Time keep_alive_end(const Environment& environment) const;
  void let_idle(Function& function, size_t environment, Time since);
  static void take(Function& function, size_t environment);
  static std::optional<size_t> idle_on(const Function& function, std::optional<uint32_t> host);
  void look_for_overdue(Function& function, Time time);
  void spare(Function& function, size_t environment, Time end);
  functions::StartOutcome expected_outcome(const functions::StartAttempt& attempt, Time time);
  void take_warm(Function& function, const functions::StartAttempt& attempt, Time time);
  void make_cold(Function& function, const functions::StartAttempt& attempt, Time time);
  void check_cold_start(const functions::StartAttempt& attempt);
  void run_in(const functions::StartAttempt& attempt, size_t environment, Time time);
  void start(Time time, const engine::TraceRecord& record);
  void stop(Time time, const engine::TraceRecord& record);

  const functions::LambdaSpec& spec_;
  invariants::BrokenInvariants& broken_;
  std::vector<Function> functions_;
  std::map<uint32_t, Running> running_;  // by host
  std::set<uint32_t> hosts_;             // of all environments that there ever were
  std::vector<Tokens> scaling_;          // one, or one for each function
  LatencySample latency_;
  std::vector<double> cold_ranks_;  // in the distribution
  size_t most_running_ = 0;
  uint64_t next_turn_ = 0;
  double clock_ = 0;  // of greedy-dual
};

}  // namespace wukong::oracle

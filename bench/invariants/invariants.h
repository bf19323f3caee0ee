// What must hold in every run of every system: checked from the trace and the result, not from what
// a policy says of itself. Listens to one run; says at its end, in one sentence each, what did not
// hold:
// - the run completes and leaves nothing behind, and every task is executed, once;
// - no task starts before each of its predecessors has finished, or in a function that is not
//   running, and none takes less time than it needs;
// - the makespan is at least the critical path of the tasks' times on the widest host of the
// system,
//   and at least the work over the most tasks at a time;
// - no object is written before its task has ended, or read before it was written, or asked for in
//   vain; what was sent and received is what the result counts;
// - concurrency stays below the account's limit, and no function outlives its time limit;
// - what is billed is at least what was used, and what is charged is what was billed;
// - a task is repeated only for a cause of its own, and executions, retries, messages and looks
// into
//   queues are no more than what the DAG and what went wrong explain;
// - no lease of a message runs out while its holder renews it.
#pragma once

#include <string>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "bench/invariants/expectations.h"
#include "bench/invariants/function_check.h"
#include "bench/invariants/resource_check.h"
#include "bench/invariants/task_check.h"
#include "sim/engine/trace.h"

namespace wukong::invariants {

class InvariantChecker final : public engine::TraceSink {
 public:
  // `next` hears everything too; null: nobody does. All outlive the checker.
  InvariantChecker(const dag::Dag& dag, const platform::PlatformSpec& platform,
                   engine::TraceSink* next = nullptr)
      : dag_(dag), tasks_(dag, platform, broken_), functions_(platform, broken_), next_(next) {}

  void record(const engine::TraceRecord& record) override;
  // Once, after the run.
  std::vector<std::string> end(const run::RunResult& result, const Expectations& expected);

 private:
  void check_end(const run::RunResult& result, const Expectations& expected);

  const dag::Dag& dag_;
  BrokenInvariants broken_;
  TaskCheck tasks_;
  FunctionCheck functions_;
  engine::TraceSink* next_;
};

}  // namespace wukong::invariants

#include "bench/invariants/resource_check.h"

#include <algorithm>

#include "bench/run/run_result.h"

namespace wukong::invariants {
namespace {

using accounting::Operation;

class ResourceCheck {
 public:
  ResourceCheck(const dag::Dag& dag, const run::RunResult& result, const Expectations& expected,
                BrokenInvariants& broken)
      : dag_(dag), result_(result), expected_(expected), broken_(broken) {}

  // Each execution of a function is that of a call, its retry after a failed one, or another
  // delivery of it.
  void check_functions() {
    at_most("executions of functions", result_.invocations,
            count(Operation::invoke) + result_.retries + expected_.doubled);
    at_most("retries of functions", result_.retries, result_.failed_executions);
  }

  // A try follows one that failed: a 429, a 503, a function that ended without success, a request
  // that a fault made fail, that found nothing, or that was too slow, which took its time.
  void check_retries(Duration busy) {
    if (expected_.failed_requests == Expectations::kAnyNumber) return;
    uint64_t slow = 0;
    if (const auto& limit = expected_.slow_requests; limit && limit->interval > Duration::zero())
      slow = static_cast<uint64_t>(busy / limit->interval * limit->at_once_each);
    at_most("retries", count(Operation::retry),
            result_.throttles + result_.failed_executions + result_.usage.turned_away +
                result_.usage.missed_reads + expected_.failed_requests + slow);
  }

  // A task's end is told once: it is a result, it is taken over by the proxy, or it makes its
  // successors ready, for each of which one message is sent. What runs once more may tell it all
  // again, and so may a function that failed after its task, or whose message's lease ran out, or
  // that received a doubled message; that is a message more itself, and so is a try more.
  void check_messages(uint64_t expired_leases) {
    if (expected_.failed_requests == Expectations::kAnyNumber) return;
    uint64_t widest = 1;
    for (const TaskId task : dag_.tasks())
      widest = std::max(widest, uint64_t{dag_.successors(task).size()});
    const accounting::Usage& usage = result_.usage;
    const uint64_t again = (usage.executed - usage.tasks_done) + result_.failed_executions +
                           expected_.doubled + expired_leases;
    at_most("messages", count(Operation::publish) + count(Operation::queue_send),
            dag_.task_count() + again * widest + expected_.doubled + count(Operation::retry));
  }

  // One look takes its interval, and a function may begin with one.
  void check_polls(Duration busy) {
    if (!expected_.polling || expected_.polling->interval <= Duration::zero()) return;
    const scheduler::Polling& polling = *expected_.polling;
    const auto looks = static_cast<uint64_t>(busy / polling.interval) + result_.invocations;
    at_most("looks into a queue",
            count(Operation::queue_receive) + count(Operation::queue_receive_empty),
            looks * static_cast<uint64_t>(polling.at_once_each));
  }

 private:
  uint64_t count(Operation operation) const { return result_.usage.count_of(operation); }
  void at_most(const char* what, uint64_t number, uint64_t most) {
    if (number > most)
      broken_.expect(false, "there were {} {}, and {} are explained", number, what, most);
  }

  const dag::Dag& dag_;
  const run::RunResult& result_;
  const Expectations& expected_;
  BrokenInvariants& broken_;
};

}  // namespace

void check_resources(const dag::Dag& dag, const run::RunResult& result,
                     const Expectations& expected, const FunctionCheck& functions,
                     BrokenInvariants& broken) {
  if (!expected.runs_tasks) return;
  ResourceCheck check(dag, result, expected, broken);
  check.check_functions();
  check.check_retries(functions.busy());
  check.check_messages(functions.expired_leases());
  check.check_polls(functions.busy());
}

}  // namespace wukong::invariants

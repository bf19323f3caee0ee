// The executor's side of the claims of tasks (task_claims.h).
#include "scheduler/policy/retry.h"
#include "scheduler/policy/stopwatch.h"
#include "scheduler/wukong/executor.h"
#include "sim/functions/environment.h"

namespace wukong::wukong_policy {

using accounting::Activity;
using engine::Task;

namespace {

bool no_holder(const storage::CounterReply& reply) { return !reply.value.has_value(); }

}  // namespace

// Two of its predecessors that run here again may each find the task ready; it runs once.
Task<std::optional<bool>> WukongExecutor::may_run(TaskId task) {
  if (!context_.claims.used()) co_return true;
  if (begun_.contains(task)) co_return false;
  const InvocationId request = environment_.request;
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const auto claim = [this, task, request] { return context_.claims.claim(host_, task, request); };
  const auto reply = co_await scheduler::with_retries(context_.platform, host_,
                                                      options_.counter_retry, claim, no_holder);
  if (!reply.value) co_return std::nullopt;
  const Holder before = TaskClaims::holder(*reply.value, request);
  if (before == Holder::another) co_return false;
  if (before == Holder::self) runs_again_ = true;
  begun_.insert(task);
  co_return true;
}

Task<std::optional<bool>> WukongExecutor::left_to_invoke(TaskId task, TaskId target) {
  if (!runs_again_) co_return true;
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const auto look = [this, target] { return context_.claims.look(host_, target); };
  const auto reply = co_await scheduler::with_retries(context_.platform, host_,
                                                      options_.counter_retry, look, no_holder);
  if (!reply.value) co_return std::nullopt;
  const Holder holder = TaskClaims::holder(*reply.value, environment_.request);
  if (holder == Holder::self) work_.take_on(target, Came::become, task);
  co_return holder == Holder::nobody;
}

}  // namespace wukong::wukong_policy

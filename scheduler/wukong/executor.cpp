#include "scheduler/wukong/executor.h"

#include <algorithm>
#include <utility>

#include "scheduler/policy/retry.h"
#include "scheduler/policy/stopwatch.h"
#include "scheduler/wukong/decisions/decisions.h"
#include "scheduler/wukong/invocation.h"
#include "sim/engine/span.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_service.h"
#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"

namespace wukong::wukong_policy {

using wukong_decisions::OutEdges;
using wukong_decisions::Target;

using accounting::Activity;
using engine::Task;
using functions::HandlerResult;

namespace {

// A task's key; any size that is small against a packet would do.
constexpr Bytes kTaskMessage{64};
// What an executor has measured, pickled; any size that is small would do.
constexpr Bytes kMetrics{2000};

constexpr const char* kFollowed =
    "its output could not be stored or counted, or what comes next could not be invoked";

bool no_reply(const storage::CounterReply& reply) { return !reply.value.has_value(); }

}  // namespace

Task<HandlerResult> WukongExecutor::run(TaskId start, TaskId inlined) {
  if (inlined.valid()) objects_.receive(inlined, start);
  if (!path_is_inline(context_, start)) {
    const bool received = co_await fetch_path(start);
    if (!received) co_return give_up(start, "its schedule could not be read");
  }
  work_.take_on(start, Came::invoked, TaskId::none());
  while (true) {
    while (!work_.empty()) {
      const TaskId task = work_.first().task;
      const auto mine = co_await may_run(task);
      if (!mine) co_return give_up(task, "it could not be claimed");
      if (!*mine) {
        work_.finish_first();
        objects_.drop_unread();
        continue;
      }
      const HandlerResult processed = co_await process(task);
      if (processed != HandlerResult::success) co_return processed;
    }
    if (delayed_.empty()) break;
    const bool waited = co_await wait_for_delayed();
    if (!waited) co_return give_up(start, kFollowed);
  }
  // In none of the sums that it pushes.
  const bool pushed = co_await ask_metadata(options_.metric_pushes, kMetrics);
  if (!pushed) co_return give_up(start, "its measurements could not be pushed");
  co_return HandlerResult::success;
}

HandlerResult WukongExecutor::give_up(TaskId task, const char* at) {
  environment_.failure = "at task " + dag_.name(task) + ", " + at + ", after the last try";
  return HandlerResult::error;
}

// ---- running a task

// The first one of its work, and what follows from it.
Task<HandlerResult> WukongExecutor::process(TaskId task) {
  const bool ran = co_await run_task(task);
  if (!ran) co_return give_up(task, "an input could not be read, or it could not be run");
  work_.finish_first();
  const bool followed = co_await follow_out_edges(task);
  if (!followed) co_return give_up(task, kFollowed);
  // Whether what it holds is still needed elsewhere.
  {
    const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
    const bool looked = co_await ask_metadata(options_.eviction_checks, Bytes(0));
    if (!looked) co_return give_up(task, "the metadata store gave no answer");
  }
  if (!delayed_.empty()) {
    const bool checked = co_await check_delayed();
    if (!checked) co_return give_up(task, kFollowed);
  }
  objects_.drop_unread();
  co_return HandlerResult::success;
}

Task<bool> WukongExecutor::run_task(TaskId task) {
  story_.begin(work_.first(), engine_.now());
  if (options_.task_overhead > Duration::zero()) {
    const engine::Span span(engine_, {engine::SpanKind::work, "task overhead", host_.id.value()});
    co_await engine_.sleep(options_.task_overhead);
  }
  const bool fetched = co_await fetch_inputs(task);
  if (!fetched) co_return false;
  const Bytes outputs = context_.outputs.of(task);
  const bool has_room = co_await make_room(outputs + dag_.cost(task).memory, task);
  if (!has_room) co_return false;
  const auto status = co_await context_.platform.tasks().execute(host_, task, dag_.cost(task));
  if (status != hosts::ExecuteStatus::done) co_return false;
  objects_.add_outputs(task);
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::serialize);
  co_await engine_.sleep(options_.serialize_time);
  if (!is_stored(task)) co_await objects_.copy(outputs);
  story_.end(engine_.now());
  co_return true;
}

// Whether its output goes to a store in any case: then the client of the store pickles it.
bool WukongExecutor::is_stored(TaskId task) const {
  const OutEdges edges = wukong_decisions::out_edges(dag_.successors(task).size(),
                                                     context_.outputs.large(task), options_);
  return edges == OutEdges::none || edges == OutEdges::fan_out;
}

// One sequential GET for every input that is not in memory already. Of an initial object without
// bytes there is nothing to get.
Task<bool> WukongExecutor::fetch_inputs(TaskId task) {
  for (const ObjectId object : context_.reads.of(task)) {
    if (objects_.holds(object) || dag_.absent(object)) continue;
    const bool has_room = co_await make_room(dag_.size(object).actual, task);
    if (!has_room) co_return false;
    const bool fetched = co_await objects_.fetch(object);
    if (!fetched) co_return false;
  }
  co_return true;
}

// The function's memory is the limit. First what is only held for delayed I/O goes, then whatever
// the running task does not read is written out.
Task<bool> WukongExecutor::make_room(Bytes bytes, TaskId running) {
  if (objects_.have_room(bytes)) co_return true;
  objects_.drop_unread();
  if (!objects_.have_room(bytes) && !delayed_.empty()) {
    const bool gave_up = co_await give_up_delayed();
    if (!gave_up) co_return false;
    objects_.drop_unread();
  }
  if (objects_.have_room(bytes)) co_return true;
  co_return co_await objects_.store_idle(bytes, running);
}

// ---- out-edges (SoCC'20 3.3)

Task<bool> WukongExecutor::follow_out_edges(TaskId task) {
  const size_t targets = dag_.successors(task).size();
  if (targets > 0 && options_.publish_tasks) {
    const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::publish);
    const bool published = co_await ask_metadata(1, kTaskMessage);
    if (!published) co_return false;
  }
  switch (wukong_decisions::out_edges(targets, context_.outputs.large(task), options_)) {
    case OutEdges::none:
      co_return co_await publish_result(task);
    case OutEdges::cluster:
      co_return co_await cluster(task);
    case OutEdges::through_proxy:
      co_return co_await fan_out_through_proxy(task);
    case OutEdges::fan_out:
      co_return co_await fan_out(task);
  }
  co_return false;
}

// Become one target, invoke the others. The first successor is looked at before anything is
// written; then the outputs are stored, always, and whoever arrives last at a target goes on there.
Task<bool> WukongExecutor::fan_out(TaskId task) {
  TaskId become;
  std::vector<TaskId> invoke;

  const TaskId preferred = context_.schedules.become(task);
  bool preferred_is_taken = false;
  if (!options_.become_first_only) {
    const auto ready = co_await is_last_missing(task, preferred);
    if (!ready) co_return false;
    preferred_is_taken = *ready;
  }
  if (preferred_is_taken && work_.ends_in_time(preferred)) become = preferred;
  if (preferred_is_taken && !become.valid()) invoke.push_back(preferred);

  for (const TaskId target : dag_.successors(task)) {
    if (preferred_is_taken && target == preferred) continue;
    const auto last = co_await arrive(task, target);
    if (!last) co_return false;
    const Target next =
        wukong_decisions::fan_out_target({.ready = *last,
                                          .first = target == preferred,
                                          .have_become = become.valid(),
                                          .ends_in_time = *last && work_.ends_in_time(target)},
                                         options_);
    if (next == Target::invoke) invoke.push_back(target);
    if (next == Target::run_here) become = target;
  }
  const bool stored = co_await objects_.store_outputs(task);  // also if there is one successor
  if (!stored) co_return false;
  // Off its path: that from there is in the metadata store.
  if (become.valid() && become != preferred) {
    const bool received = co_await fetch_path(become);
    if (!received) co_return false;
  }
  const bool invoked = co_await invoke_targets(task, invoke);
  if (!invoked) co_return false;
  if (!become.valid()) co_return co_await objects_.confirm_outputs(task);
  work_.take_on(become, Came::become, task);
  co_return true;
}

// A large fan-out: the value goes to the storage proxy in one message. The proxy stores it,
// increments the counters and invokes; the executor only looks after the target that it would
// become.
Task<bool> WukongExecutor::fan_out_through_proxy(TaskId task) {
  const TaskId preferred = context_.schedules.become(task);
  auto ready = co_await is_last_missing(task, preferred);
  if (!ready) co_return false;
  if (!*ready) {
    ready = co_await arrive(task, preferred);
    if (!ready) co_return false;
  }
  if (*ready && work_.ends_in_time(preferred)) {
    work_.take_on(preferred, Came::become, task);
  } else if (*ready) {
    const bool invoked = co_await invoke(task, preferred);
    if (!invoked) co_return false;
  }
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::publish);
  const Bytes value = context_.outputs.of(task);
  for (const ObjectId object : dag_.outputs(task)) context_.platform.values().send(host_, object);
  co_return co_await context_.metadata.publish(host_, kProxyChannel, task.value(),
                                               encoded(options_, value));
}

Task<bool> WukongExecutor::invoke_targets(TaskId task, const std::vector<TaskId>& targets) {
  for (const TaskId target : targets) {
    const bool invoked = co_await invoke(task, target);
    if (!invoked) co_return false;
  }
  co_return true;
}

Task<bool> WukongExecutor::invoke(TaskId task, TaskId target) {
  const auto left = co_await left_to_invoke(task, target);
  if (!left || !*left) co_return left.has_value();
  const bool inlined = fits_inline(context_, target, task);
  if (!inlined) {
    const bool stored = co_await objects_.store_outputs(task);
    if (!stored) co_return false;
  }
  const TaskId argument = inlined ? task : TaskId::none();
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::invoke);
  const Time start = engine_.now();
  const bool invoked = co_await invoke_executor(context_, host_, target, argument);
  story_.note_invocation(engine_.now() - start);
  co_return invoked;
}

// A result: set in the metadata store's Redis, and announced to the client.
Task<bool> WukongExecutor::publish_result(TaskId task) {
  const bool stored = co_await objects_.store_result(task);
  if (!stored) co_return false;
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::publish);
  const auto announce = [this, task] {
    return context_.metadata.publish(host_, kResultChannel, task.value(), kTaskMessage);
  };
  const auto failed = [](bool published) { return !published; };
  co_return co_await scheduler::with_retries(context_.platform, host_, options_.counter_retry,
                                             announce, failed);
}

Task<bool> WukongExecutor::fetch_path(TaskId start) {
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const Bytes path = context_.schedules.size(start);
  const auto get = [this, path] { return context_.metadata.request(host_, 1, Bytes(0), path); };
  const auto failed = [](bool answered) { return !answered; };
  co_return co_await scheduler::with_retries(context_.platform, host_, options_.counter_retry, get,
                                             failed);
}

Task<bool> WukongExecutor::ask_metadata(int64_t commands, Bytes sent) {
  const auto ask = [this, sent] { return context_.metadata.request(host_, 1, sent, Bytes(0)); };
  const auto failed = [](bool answered) { return !answered; };
  for (int64_t i = 0; i < commands; ++i) {
    const bool answered = co_await scheduler::with_retries(context_.platform, host_,
                                                           options_.counter_retry, ask, failed);
    if (!answered) co_return false;
  }
  co_return true;
}

// ---- the counters of targets

Task<std::optional<bool>> WukongExecutor::is_last_missing(TaskId task, TaskId target) {
  const size_t needed = dag_.predecessors(target).size();
  ENSURE(task.valid() && needed >= 1);
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const auto read = [this, task, target] {
    return context_.fan_ins.others_arrived(host_, task, target);
  };
  const auto arrived = co_await scheduler::with_retries(context_.platform, host_,
                                                        options_.counter_retry, read, no_reply);
  if (!arrived.value) co_return std::nullopt;
  co_return *arrived.value + 1 == needed;
}

Task<std::optional<bool>> WukongExecutor::arrive(TaskId task, TaskId target) {
  const bool stored = co_await objects_.store_outputs(task);
  if (!stored) co_return std::nullopt;
  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const auto increment = [this, task, target] {
    return context_.fan_ins.arrive(host_, task, target);
  };
  const auto arrived = co_await scheduler::with_retries(
      context_.platform, host_, options_.counter_retry, increment, no_reply);
  if (!arrived.value) co_return std::nullopt;
  co_return *arrived.value == dag_.predecessors(target).size();
}

// ---- its function

WukongExecutor::WukongExecutor(const WukongContext& context, functions::Environment& environment)
    : context_(context),
      environment_(environment),
      host_(environment.host),
      dag_(context.dag),
      options_(context.options),
      engine_(context.engine),
      usage_(context.platform.usage()),
      objects_(context, environment),
      work_(context, environment, objects_) {
  environment_.account = [this] { return story_.tell(dag_, engine_.now()); };
}

WukongExecutor::~WukongExecutor() { environment_.account = {}; }

Task<HandlerResult> run_wukong_executor(const WukongContext& context,
                                        functions::Environment& environment, TaskId start,
                                        TaskId inlined) {
  WukongExecutor executor(context, environment);
  co_return co_await executor.run(start, inlined);
}

}  // namespace wukong::wukong_policy

#include "scheduler/wukong/executor.h"

#include <algorithm>

#include "scheduler/stopwatch.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Activity;
using sim::HandlerResult;
using sim::Task;

namespace {

bool no_reply(const sim::CounterReply& reply) { return !reply.value.has_value(); }

}  // namespace

WukongExecutor::WukongExecutor(Wukong& wukong, const sim::Environment& environment)
    : wukong_(wukong),
      host_(environment.host),
      dag_(wukong.dag_),
      options_(wukong.options_),
      engine_(wukong.engine_),
      usage_(wukong.platform_.usage()),
      values_(wukong.platform_.values()) {}

Task<HandlerResult> WukongExecutor::run(TaskId start, TaskId inlined) {
  if (inlined.valid()) {
    for (const ObjectId object : dag_.outputs(inlined)) {
      values_.receive(host_, object);
      cache_.add(object, dag_.size(object).actual, /*stored=*/false);
    }
  }
  if (wukong_.schedules_.size(start) > options_.inline_argument_limit) {
    const Bytes schedule = wukong_.schedules_.size(start);
    const bool received = co_await wukong_.metadata_.request(host_, 1, Bytes(0), schedule);
    if (!received) co_return HandlerResult::error;
  }
  ready_.push_back(start);
  while (true) {
    while (!ready_.empty()) {
      const TaskId task = ready_.front();
      const bool ran = co_await run_task(task);
      if (!ran) co_return HandlerResult::error;
      ready_.erase(ready_.begin());
      const bool followed = co_await follow_out_edges(task);
      if (!followed) co_return HandlerResult::error;
      if (!delayed_.empty()) {
        const bool checked = co_await check_delayed();
        if (!checked) co_return HandlerResult::error;
      }
      drop_unneeded();
    }
    if (delayed_.empty()) co_return HandlerResult::success;
    const bool waited = co_await wait_for_delayed();
    if (!waited) co_return HandlerResult::error;
  }
}

// ---- running a task

Task<bool> WukongExecutor::run_task(TaskId task) {
  if (options_.task_overhead > Duration::zero()) {
    const sim::Span span(engine_, {sim::SpanKind::work, "task overhead", host_.id.value()});
    co_await engine_.sleep(options_.task_overhead);
  }
  const bool fetched = co_await fetch_inputs(task);
  if (!fetched) co_return false;
  const Bytes outputs = wukong_.output_size(task);
  const bool has_room = co_await make_room(outputs + dag_.cost(task).memory, task);
  if (!has_room) co_return false;
  const auto status = co_await wukong_.platform_.tasks().execute(host_, task, dag_.cost(task));
  if (status != sim::ExecuteStatus::done) co_return false;
  for (const ObjectId object : dag_.outputs(task))
    cache_.add(object, dag_.size(object).actual, /*stored=*/false);
  const Stopwatch stopwatch(engine_, usage_, Activity::serialize);
  co_await engine_.sleep(options_.serialize_time);
  co_return true;
}

// One sequential GET for every input that is not in memory already. Of an initial object without
// bytes there is nothing to get.
Task<bool> WukongExecutor::fetch_inputs(TaskId task) {
  for (const ObjectId object : dag_.inputs(task)) {
    if (cache_.find(object) != nullptr || dag_.absent(object)) continue;
    const bool has_room = co_await make_room(dag_.size(object).actual, task);
    if (!has_room) co_return false;
    const bool fetched = co_await fetch(object);
    if (!fetched) co_return false;
  }
  co_return true;
}

// ---- out-edges (SoCC'20 3.3)

Task<bool> WukongExecutor::follow_out_edges(TaskId task) {
  const auto targets = dag_.successors(task);
  if (targets.empty()) co_return co_await publish_result(task);
  if (options_.store_fan_in_outputs && wukong_.is_fan_in(task)) {
    const bool stored = co_await store_outputs(task);
    if (!stored) co_return false;
  }
  if (options_.clustering_fan_out && is_large(task)) co_return co_await cluster(task);
  if (static_cast<int64_t>(targets.size()) >= options_.proxy_threshold)
    co_return co_await fan_out_through_proxy(task);
  co_return co_await fan_out(task);
}

// Become one target, invoke the others. At a fan-in: store the object, increment the counter;
// whoever arrives last goes on.
Task<bool> WukongExecutor::fan_out(TaskId task) {
  const auto targets = dag_.successors(task);
  std::optional<TaskId> become;
  std::vector<TaskId> invoke;

  const TaskId preferred = wukong_.schedules_.become(task);
  const auto preferred_is_ready = co_await is_last_missing(task, preferred);
  if (!preferred_is_ready) co_return false;
  if (*preferred_is_ready) become = preferred;

  for (const TaskId target : targets) {
    if (become == target) continue;
    bool ready = true;
    if (wukong_.is_fan_in(target)) {
      const auto last = co_await arrive_at_fan_in(task, target);
      if (!last) co_return false;
      ready = *last;
    }
    if (!ready) continue;  // somebody else will run it
    // Who has sent a large object is done with it, unless it looks at the fan-in once more.
    const bool sent_away =
        wukong_.is_fan_in(target) && is_large(task) && !options_.clustering_fan_in;
    if (!become && !sent_away) {
      become = target;
      // Off the schedule's path: the path from there is in the metadata store.
      const Bytes schedule = wukong_.schedules_.size(target);
      if (target != preferred) {
        const bool received = co_await wukong_.metadata_.request(host_, 1, Bytes(0), schedule);
        if (!received) co_return false;
      }
    } else {
      invoke.push_back(target);
    }
  }
  const bool invoked = co_await invoke_targets(task, invoke);
  if (!invoked) co_return false;
  if (become) ready_.push_back(*become);
  co_return true;
}

// A large fan-out: the value goes to the storage proxy in one message. The proxy stores it,
// increments the counters and invokes; the executor only looks after the target that it would
// become.
Task<bool> WukongExecutor::fan_out_through_proxy(TaskId task) {
  const TaskId preferred = wukong_.schedules_.become(task);
  const auto ready = co_await is_last_missing(task, preferred);
  if (!ready) co_return false;
  if (!*ready) {
    const auto last = co_await arrive_at_fan_in(task, preferred);
    if (!last) co_return false;
    if (*last) ready_.push_back(preferred);
  } else {
    ready_.push_back(preferred);
  }
  const Stopwatch stopwatch(engine_, usage_, Activity::publish);
  const Bytes value = wukong_.output_size(task);
  co_await copy(value);
  for (const ObjectId object : dag_.outputs(task)) values_.send(host_, object);
  co_return co_await wukong_.metadata_.publish(host_, Wukong::kProxyChannel, task.value(),
                                               wukong_.encoded(value));
}

// Task clustering: a large object is not sent to its consumers; they are run where it is. Targets
// that are not ready are held (delayed I/O), or get the object and are looked at once more
// afterwards.
Task<bool> WukongExecutor::cluster(TaskId task) {
  std::vector<TaskId> invoke;
  for (const TaskId target : dag_.successors(task)) {
    const auto ready = co_await is_last_missing(task, target);
    if (!ready) co_return false;
    if (*ready) {
      ready_.push_back(target);
    } else if (options_.delayed_io && safe_to_delay(task, target)) {
      delayed_.push_back(Delayed{task, target});
    } else {
      const auto last = co_await arrive_at_fan_in(task, target);
      if (!last) co_return false;
      if (!*last) continue;
      // It became ready while the object was written: run it here, which saves reading it back.
      if (options_.clustering_fan_in)
        ready_.push_back(target);
      else
        invoke.push_back(target);
    }
  }
  co_return co_await invoke_targets(task, invoke);
}

Task<bool> WukongExecutor::invoke_targets(TaskId task, const std::vector<TaskId>& targets) {
  for (const TaskId target : targets) {
    const bool inlined = wukong_.fits_inline(target, task);
    if (!inlined) {
      const bool stored = co_await store_outputs(task);
      if (!stored) co_return false;
    }
    const TaskId argument = inlined ? task : TaskId::none();
    const Stopwatch stopwatch(engine_, usage_, Activity::invoke);
    if (inlined) co_await copy(wukong_.output_size(task));
    const bool invoked = co_await wukong_.invoke_executor(host_, target, argument);
    if (!invoked) co_return false;
  }
  co_return true;
}

// A result: stored, and announced to the client.
Task<bool> WukongExecutor::publish_result(TaskId task) {
  const bool stored = co_await store_outputs(task);
  if (!stored) co_return false;
  const Stopwatch stopwatch(engine_, usage_, Activity::publish);
  const auto announce = [this, task] {
    return wukong_.metadata_.publish(host_, Wukong::kResultChannel, task.value(),
                                     Wukong::kResultMessage);
  };
  const auto failed = [](bool published) { return !published; };
  co_return co_await with_retries(wukong_.platform_, host_, options_.counter_retry, announce,
                                  failed);
}

// ---- fan-ins

Task<std::optional<bool>> WukongExecutor::is_last_missing(TaskId task, TaskId target) {
  const size_t needed = dag_.predecessors(target).size();
  if (needed == 1) co_return true;
  ENSURE(task.valid() && needed > 1);
  const Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const auto read = [this, task, target] { return wukong_.others_arrived(host_, task, target); };
  const auto arrived =
      co_await with_retries(wukong_.platform_, host_, options_.counter_retry, read, no_reply);
  if (!arrived.value) co_return std::nullopt;
  co_return *arrived.value + 1 == needed;
}

Task<std::optional<bool>> WukongExecutor::arrive_at_fan_in(TaskId task, TaskId target) {
  const bool stored = co_await store_outputs(task);
  if (!stored) co_return std::nullopt;
  const Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  const auto increment = [this, task, target] { return wukong_.arrive(host_, task, target); };
  const auto arrived =
      co_await with_retries(wukong_.platform_, host_, options_.counter_retry, increment, no_reply);
  if (!arrived.value) co_return std::nullopt;
  co_return *arrived.value == dag_.predecessors(target).size();
}

// ---- delayed I/O

// Runs what has become ready meanwhile. Its counter stays one short: this executor's own increment
// is withheld, so nobody else can see it complete.
Task<bool> WukongExecutor::check_delayed() {
  std::vector<Delayed> still_waiting;
  const std::vector<Delayed> held = std::exchange(delayed_, {});
  for (const Delayed entry : held) {
    const auto ready = co_await is_last_missing(entry.producer, entry.target);
    if (!ready) co_return false;
    if (*ready)
      ready_.push_back(entry.target);
    else
      still_waiting.push_back(entry);
  }
  delayed_ = std::move(still_waiting);
  co_return true;
}

// Nothing else to do: look again after 1, 2, 3, ... steps, then give up and store the objects.
Task<bool> WukongExecutor::wait_for_delayed() {
  for (int64_t k = 1; k <= options_.delayed_io_tries; ++k) {
    const bool checked = co_await check_delayed();
    if (!checked) co_return false;
    if (!ready_.empty() || delayed_.empty()) co_return true;
    const sim::Span span(engine_, {sim::SpanKind::wait, "delayed I/O", host_.id.value()});
    co_await engine_.sleep(std::min(options_.delayed_io_longest, options_.delayed_io_step * k),
                           "a delayed fan-in");
  }
  co_return co_await give_up_delayed();
}

Task<bool> WukongExecutor::give_up_delayed() {
  const std::vector<Delayed> held = std::exchange(delayed_, {});
  for (const Delayed entry : held) {
    const auto last = co_await arrive_at_fan_in(entry.producer, entry.target);
    if (!last) co_return false;
    if (*last) ready_.push_back(entry.target);
  }
  co_return true;
}

// Two executors that each hold a large input of the same task would wait for one another.
bool WukongExecutor::safe_to_delay(TaskId task, TaskId target) const {
  for (const TaskId other : dag_.predecessors(target))
    if (other != task && is_large(other)) return false;
  return true;
}

Task<HandlerResult> run_wukong_executor(Wukong& wukong, sim::Environment& environment, TaskId start,
                                        TaskId inlined) {
  WukongExecutor executor(wukong, environment);
  co_return co_await executor.run(start, inlined);
}

}  // namespace wukong::scheduler

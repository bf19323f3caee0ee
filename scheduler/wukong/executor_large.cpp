// What an executor does with a large object: task clustering (SoCC'20 3.3), and delayed I/O for
// targets that wait for others.
#include <algorithm>
#include <utility>

#include "scheduler/wukong/decisions/decisions.h"
#include "scheduler/wukong/executor.h"
#include "sim/engine/span.h"

namespace wukong::wukong_policy {

using engine::Task;
using wukong_decisions::Target;

// Task clustering: a large object is not sent to its consumers; they are run where it is. Targets
// that are not ready are held (delayed I/O), or get the object and are looked at once more
// afterwards.
Task<bool> WukongExecutor::cluster(TaskId task) {
  std::vector<TaskId> invoke;
  for (const TaskId target : dag_.successors(task)) {
    const auto ready = co_await is_last_missing(task, target);
    if (!ready) co_return false;
    const bool another_large = context_.outputs.another_large(task, target);
    Target next = wukong_decisions::clustered_target(
        {*ready, another_large, *ready && work_.ends_in_time(target)}, options_);
    Came came = Came::clustered;
    if (next == Target::send) {
      const auto last = co_await arrive(task, target);
      if (!last) co_return false;
      next = wukong_decisions::clustered_target_after_sending(
          *last, *last && work_.ends_in_time(target), options_);
      came = Came::late;
    }
    if (next == Target::run_here) work_.take_on(target, came, task);
    if (next == Target::delay) hold(task, target);
    if (next == Target::invoke) invoke.push_back(target);
  }
  co_return co_await invoke_targets(task, invoke);
}

// ---- delayed I/O

void WukongExecutor::hold(TaskId producer, TaskId target) {
  delayed_.push_back(Delayed{producer, target});
  objects_.expect_reader(target);
}

// Takes on what has become ready meanwhile. Its counter stays one short: this executor's own
// increment is withheld, so nobody else can see it complete.
Task<bool> WukongExecutor::check_delayed() {
  std::vector<Delayed> still_waiting;
  const std::vector<Delayed> held = std::exchange(delayed_, {});
  for (const Delayed entry : held) {
    const auto ready = co_await is_last_missing(entry.producer, entry.target);
    if (!ready) co_return false;
    if (!*ready) {
      still_waiting.push_back(entry);
      continue;
    }
    objects_.forget_reader(entry.target);
    if (work_.ends_in_time(entry.target)) {
      work_.take_on(entry.target, Came::held, entry.producer);
    } else {
      const bool invoked = co_await invoke(entry.producer, entry.target);
      if (!invoked) co_return false;
    }
  }
  delayed_ = std::move(still_waiting);
  co_return true;
}

// Nothing else to do: look again after 1, 2, 3, ... steps, then give up and store the objects.
Task<bool> WukongExecutor::wait_for_delayed() {
  for (int64_t k = 1; k <= options_.delayed_io_tries; ++k) {
    const bool checked = co_await check_delayed();
    if (!checked) co_return false;
    if (!work_.empty() || delayed_.empty()) co_return true;
    const Duration wait = wukong_decisions::delayed_wait(k, options_);
    if (!delayed_end_in_time(wait)) break;
    const engine::Span span(engine_, {engine::SpanKind::wait, "delayed I/O", host_.id.value()});
    co_await engine_.sleep(wait, "a delayed fan-in");
    story_.note_wait(wait);
  }
  co_return co_await give_up_delayed();
}

// A target is held for each of its producers, but looked at once.
bool WukongExecutor::delayed_end_in_time(Duration wait) const {
  std::set<TaskId> targets;
  for (const Delayed& entry : delayed_) targets.insert(entry.target);
  const auto ends_in_time = [&](TaskId target) { return work_.ends_in_time(target, wait); };
  return std::all_of(targets.begin(), targets.end(), ends_in_time);
}

Task<bool> WukongExecutor::give_up_delayed() {
  const std::vector<Delayed> held = std::exchange(delayed_, {});
  for (const Delayed entry : held) {
    const auto last = co_await arrive(entry.producer, entry.target);
    if (!last) co_return false;
    objects_.forget_reader(entry.target);
    if (*last && work_.ends_in_time(entry.target)) {
      work_.take_on(entry.target, Came::held, entry.producer);
    } else if (*last) {
      const bool invoked = co_await invoke(entry.producer, entry.target);
      if (!invoked) co_return false;
    }
  }
  co_return true;
}

}  // namespace wukong::wukong_policy

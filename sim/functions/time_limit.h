// The time limit of one function's invocations. All have the same, so they run into it in the order
// in which they began: a list and one timer for its head, however many run. The timer is not moved
// when the head ends early, only when all have ended; it looks again when it fires.
#pragma once

#include "sim/base/inline_function.h"
#include "sim/engine/engine.h"
#include "sim/engine/timer.h"

namespace wukong::functions {

class TimeLimit {
 public:
  // Who runs. Ending, or being destroyed, takes it out of the list.
  struct Running : engine::ListHook {
    Time deadline;
  };
  using Expired = InlineFunction<void(Running&), 16>;

  TimeLimit(engine::Engine& engine, Duration limit, Expired expired)
      : engine_(engine), limit_(limit), expired_(std::move(expired)) {}

  void begin(Running& running) {
    running.deadline = engine_.now() + limit_;
    running.insert_before(running_);
    if (!timer_.armed()) timer_.arm(running.deadline);
  }
  void end(Running& running) {
    running.unlink();
    if (!running_.linked()) timer_.cancel();
  }
  // The first one that `matches`; null: none does.
  template <class Predicate>
  Running* find(Predicate matches) {
    for (engine::ListHook* hook = running_.next(); hook != &running_; hook = hook->next())
      if (matches(static_cast<Running&>(*hook))) return static_cast<Running*>(hook);
    return nullptr;
  }

 private:
  void fire() {
    while (running_.linked() && first().deadline <= engine_.now()) {
      Running& late = first();
      late.unlink();
      expired_(late);
    }
    if (running_.linked()) timer_.arm(first().deadline);
  }
  Running& first() { return static_cast<Running&>(*running_.next()); }

  engine::Engine& engine_;
  Duration limit_;
  Expired expired_;
  engine::ListHook running_;  // in the order of their deadlines
  engine::Timer timer_{engine_, [](void* self) { static_cast<TimeLimit*>(self)->fire(); }, this};
};

}  // namespace wukong::functions

// A coroutine that waits for something outside the loop: a task's end on a worker thread, a reply
// on a socket. Who does the work is given a Reply, and uses it once, on any thread. The waiting
// coroutine may be destroyed first; then the reply finds nobody.
//
//   ForeignCall<Outcome> call(engine, clock);
//   container->submit([reply = call.reply()](Container&) { reply(Outcome{...}); });
//   const Outcome outcome = co_await call;
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "runtime/wall_clock.h"
#include "sim/engine/engine.h"

namespace wukong::runtime {

template <class T>
class ForeignCall : public sim::Waiter {
  struct State {
    State(WallClock& wall_clock, ForeignCall* waiting) : clock(wall_clock), call(waiting) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    // Who was to reply is gone (a container that was killed): nothing more can come.
    ~State() {
      if (!expected) return;
      WallClock* const loop = &clock;
      loop->post([loop] { loop->arrived(); });
    }
    WallClock& clock;
    ForeignCall* call;  // null: the coroutine is gone
    bool expected = false;
  };

 public:
  // Copies share the one use.
  class Reply {
   public:
    explicit Reply(std::shared_ptr<State> state) : state_(std::move(state)) {}
    void operator()(T result) const {
      state_->clock.post([state = state_, result = std::move(result)]() mutable {
        ENSURE(std::exchange(state->expected, false) && "a reply is used once");
        state->clock.arrived();
        if (state->call != nullptr) state->call->take(std::move(result));
      });
    }

   private:
    std::shared_ptr<State> state_;
  };

  ForeignCall(sim::Engine& engine, WallClock& clock, const char* reason = "a reply from outside")
      : sim::Waiter(reason), engine_(engine), state_(std::make_shared<State>(clock, this)) {}
  ForeignCall(const ForeignCall&) = delete;
  ForeignCall& operator=(const ForeignCall&) = delete;
  ~ForeignCall() { state_->call = nullptr; }

  // The loop waits for the reply from here on.
  Reply reply() {
    ENSURE(!std::exchange(state_->expected, true));
    state_->clock.expect();
    return Reply(state_);
  }

  bool await_ready() const noexcept { return result_.has_value(); }
  void await_suspend(std::coroutine_handle<> handle) {
    suspended_ = true;
    engine_.suspend(*this, handle);
  }
  T await_resume() { return std::move(*result_); }

 private:
  void take(T result) {
    result_ = std::move(result);
    if (suspended_) engine_.make_ready(*this);
  }

  sim::Engine& engine_;
  std::shared_ptr<State> state_;
  std::optional<T> result_;
  bool suspended_ = false;
};

}  // namespace wukong::runtime

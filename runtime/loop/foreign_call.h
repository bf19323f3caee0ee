// A coroutine waits for something outside the loop: a task's end on a worker thread, a reply on a
// socket. The code that does the work is given a Reply, and uses it once, on any thread. The
// waiting coroutine may be destroyed first; then the reply is dropped. If all copies of the Reply
// are destroyed unused (the container that held it was killed), the coroutine goes on with nothing.
//
//   ForeignCall<Outcome> call(engine, clock);
//   container.submit([reply = call.reply()](Container&) { reply(Outcome{...}); });
//   const std::optional<Outcome> outcome = co_await call;
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/loop/wall_clock.h"
#include "sim/engine/engine.h"

namespace wukong::loop {

template <class T>
class ForeignCall : public engine::Waiter {
  // The loop's side of the call; only the loop's thread touches it.
  struct Caller {
    ForeignCall* call;  // null: the coroutine is gone
  };

  // The side of the code that does the work.
  class Obligation {
   public:
    Obligation(WallClock& clock, std::shared_ptr<Caller> caller)
        : clock_(clock), caller_(std::move(caller)) {}
    Obligation(const Obligation&) = delete;
    Obligation& operator=(const Obligation&) = delete;
    ~Obligation() {
      if (!used_) settle(std::nullopt);
    }
    void settle(std::optional<T> result) {
      ENSURE(!used_.exchange(true) && "a reply is used once");
      WallClock* const clock = &clock_;
      clock->post([clock, caller = std::move(caller_), result = std::move(result)]() mutable {
        clock->arrived();
        if (caller->call != nullptr) caller->call->take(std::move(result));
      });
    }

   private:
    WallClock& clock_;
    std::shared_ptr<Caller> caller_;
    std::atomic<bool> used_ = false;
  };

 public:
  // All copies together may be used once.
  class Reply {
   public:
    explicit Reply(std::shared_ptr<Obligation> obligation) : obligation_(std::move(obligation)) {}
    void operator()(T result) const { obligation_->settle(std::move(result)); }

   private:
    std::shared_ptr<Obligation> obligation_;
  };

  ForeignCall(engine::Engine& engine, WallClock& clock, const char* reason = "a reply from outside")
      : engine::Waiter(reason),
        engine_(engine),
        clock_(clock),
        caller_(std::make_shared<Caller>(Caller{this})) {}
  ForeignCall(const ForeignCall&) = delete;
  ForeignCall& operator=(const ForeignCall&) = delete;
  ~ForeignCall() { caller_->call = nullptr; }

  // To be called once. The loop waits for the reply from here on.
  Reply reply() {
    clock_.expect();
    return Reply(std::make_shared<Obligation>(clock_, caller_));
  }

  bool await_ready() const noexcept { return arrived_; }
  void await_suspend(std::coroutine_handle<> handle) {
    suspended_ = true;
    engine_.suspend(*this, handle);
  }
  std::optional<T> await_resume() { return std::move(result_); }

 private:
  void take(std::optional<T> result) {
    ENSURE(!arrived_);
    arrived_ = true;
    result_ = std::move(result);
    if (suspended_) engine_.make_ready(*this);
  }

  engine::Engine& engine_;
  WallClock& clock_;
  std::shared_ptr<Caller> caller_;
  std::optional<T> result_;
  bool arrived_ = false;
  bool suspended_ = false;
};

}  // namespace wukong::loop

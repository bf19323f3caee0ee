// Plain blocking code as a process of the engine: a policy, an executor or a function's handler
// without `co_await`. A body runs on a fiber's stack; what it waits for blocks the fiber, and the
// engine goes on with others.
//
//   blocking::Fibers fibers;                       // a member of the policy
//   engine.spawn(fibers.run([&] { work(); }), "worker");
//   void work() { const StoreStatus status = fibers.wait(store.get(host, object)); ... }
//
// A body and a coroutine that wait for the same things in the same order make the same trace: there
// is no scheduler beside the engine's. What a coroutine may co_await, a body may wait for.
//
// Destroying the process (a kill, a time limit) unwinds the body's stack: wait() throws Killed,
// destructors run innermost first, and what the body waited for is taken back. A destructor must
// not wait then, and `catch (...)` throws again. What a body throws is thrown by the Task.
//
// Not thread-safe: one engine, one thread.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/blocking/fiber.h"
#include "sim/base/check.h"
#include "sim/engine/engine.h"
#include "sim/engine/task.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_service.h"

namespace wukong::blocking {

class Fibers {
 public:
  // A fiber's stack without the page that guards it: enough for code that calls services and keeps
  // its data on the heap. Sanitizers put space between variables.
  static constexpr size_t kStackBytes = 16 * 1024 * stacks::kStackFactor;

  explicit Fibers(size_t stack_bytes = kStackBytes) : stack_bytes_(stack_bytes) {}
  Fibers(const Fibers&) = delete;
  Fibers& operator=(const Fibers&) = delete;
  // REQUIRES: no body is on its way: their processes are gone.
  ~Fibers();

  // The body as a coroutine, which is spawned or awaited. It begins when that does.
  template <class Body>
  engine::Task<std::invoke_result_t<Body&>> run(Body body);

  // By a body: until the awaitable has its result. REQUIRES: a body of these fibers runs.
  template <class Awaitable>
  decltype(auto) wait(Awaitable&& awaitable);

  // A process.
  template <class Body>
  engine::Process& spawn(engine::Engine& engine, Body body, const char* name) {
    return engine.spawn(run(std::move(body)), name);
  }

  // A function's handler. It is called again if the invocation is retried, so `body`, which takes
  // the environment, must not give its captures away.
  template <class Body>
  functions::Handler handler(Body body) {
    return [this, body = std::move(body)](functions::Environment& environment) {
      return run([body, &environment]() mutable { return body(environment); });
    };
  }

  // Made so far; at most as many as ran at once.
  size_t made() const { return fibers_.size(); }

 private:
  // What a body waits for: an awaiter on its stack.
  struct Pending {
    void* awaiter = nullptr;
    bool (*suspend)(void* awaiter, std::coroutine_handle<> handle) = nullptr;
  };

  // A body on its way, in the frame of the coroutine that stands for it.
  class Running {
   public:
    Running(Fibers& fibers, Fiber::Body body, void* argument)
        : fibers_(fibers), body_(body), argument_(argument) {}
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();

    // False if the body has ended; else it waits.
    bool go_on();
    // Awaited until that wait is over. It is begun on this side, so that a service's code does not
    // run on the small stack.
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> handle) const {
      const Pending pending = std::exchange(fibers_.pending_, Pending());
      return pending.suspend(pending.awaiter, handle);
    }
    void await_resume() const noexcept {}

   private:
    Fibers& fibers_;
    const Fiber::Body body_;
    void* const argument_;
    Fiber* fiber_ = nullptr;
  };

  // A body with what comes of it.
  template <class Body>
  struct Call {
    using Result = std::invoke_result_t<Body&>;
    static constexpr bool kNothing = std::is_void_v<Result>;

    static void make(void* argument) {
      auto& call = *static_cast<Call*>(argument);
      try {
        if constexpr (kNothing)
          call.body();
        else
          call.result.emplace(call.body());
      } catch (const Killed&) {
      } catch (...) {
        call.exception = std::current_exception();
      }
    }

    Body& body;
    std::optional<std::conditional_t<kNothing, std::monostate, Result>> result = std::nullopt;
    std::exception_ptr exception = nullptr;
  };

  template <class Awaiter>
  decltype(auto) wait_for(Awaiter& awaiter);
  Fiber& idle_fiber();
  void resume(Fiber& fiber, void (Fiber::*how)());

  const size_t stack_bytes_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
  std::vector<Fiber*> idle_;
  Fiber* current_ = nullptr;
  Pending pending_;
};

template <class Body>
engine::Task<std::invoke_result_t<Body&>> Fibers::run(Body body) {
  Call<Body> call{body};
  Running running(*this, Call<Body>::make, &call);
  while (running.go_on()) co_await running;
  if (call.exception) std::rethrow_exception(call.exception);
  if constexpr (!Call<Body>::kNothing) co_return std::move(*call.result);
}

template <class Awaitable>
decltype(auto) Fibers::wait(Awaitable&& awaitable) {
  if constexpr (requires { std::forward<Awaitable>(awaitable).operator co_await(); }) {
    auto awaiter = std::forward<Awaitable>(awaitable).operator co_await();
    return wait_for(awaiter);
  } else {
    return wait_for(awaitable);
  }
}

template <class Awaiter>
decltype(auto) Fibers::wait_for(Awaiter& awaiter) {
  ENSURE(current_ != nullptr && "wait() is for bodies that these fibers run");
  current_->end_if_killed();
  if (!awaiter.await_ready()) {
    pending_ = {&awaiter, [](void* place, std::coroutine_handle<> handle) {
                  auto& waiting = *static_cast<Awaiter*>(place);
                  if constexpr (std::is_void_v<decltype(waiting.await_suspend(handle))>) {
                    waiting.await_suspend(handle);
                    return true;
                  } else {
                    return static_cast<bool>(waiting.await_suspend(handle));
                  }
                }};
    current_->pause();
  }
  return awaiter.await_resume();
}

}  // namespace wukong::blocking

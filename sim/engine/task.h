// Task<T>: a lazy coroutine that is awaited once. A simulated program is ordinary code in which
// every step that takes simulated time is a `co_await`.
//
// The Task owns its frame; a nested Task lives in the frame that awaits it. So destroying the
// outermost one destroys all of them, innermost first as when a stack unwinds, and whatever a frame
// was waiting for is cancelled by the destructor of its awaiter. That is how an executor is killed.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

#include "sim/base/check.h"

namespace wukong::engine {

// Of the pool that all frames come from (frame_pool.h).
void* allocate_frame(size_t size);
void free_frame(void* frame, size_t size) noexcept;

class Process;

namespace internal {

// Hands the end of a process' outermost Task to the engine.
void process_finished(Process& process) noexcept;

class PromiseBase {
 public:
  static void* operator new(size_t size) { return allocate_frame(size); }
  static void operator delete(void* frame, size_t size) noexcept { free_frame(frame, size); }

  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> handle) const noexcept {
      PromiseBase& promise = handle.promise();
      if (promise.starting_) return std::noop_coroutine();
      if (promise.continuation_) return promise.continuation_;
      if (promise.process_ != nullptr) process_finished(*promise.process_);
      return std::noop_coroutine();
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { exception_ = std::current_exception(); }
  void rethrow_if_failed() const {
    if (exception_) std::rethrow_exception(exception_);
  }
  std::exception_ptr exception() const { return exception_; }
  // Nobody awaits it and no process runs it yet.
  bool untouched() const { return !continuation_ && process_ == nullptr; }

  std::coroutine_handle<> continuation_;  // who awaits; null in a process' outermost Task
  Process* process_ = nullptr;            // set in a process' outermost Task only
  bool starting_ = false;                 // it has not been suspended since it was started

 private:
  std::exception_ptr exception_;
};

template <class T>
class Promise : public PromiseBase {
 public:
  auto get_return_object() { return std::coroutine_handle<Promise>::from_promise(*this); }
  void return_value(T value) { value_.emplace(std::move(value)); }
  T result() {
    rethrow_if_failed();
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
};

template <>
class Promise<void> : public PromiseBase {
 public:
  auto get_return_object() { return std::coroutine_handle<Promise>::from_promise(*this); }
  void return_void() const noexcept {}
  void result() const { rethrow_if_failed(); }
};

}  // namespace internal

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = internal::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      if (handle_) handle_.destroy();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() {
    if (handle_) handle_.destroy();
  }

  explicit operator bool() const { return static_cast<bool>(handle_); }
  Handle handle() const { return handle_; }

  struct Awaiter {
    Handle handle;
    bool await_ready() const noexcept { return false; }
    // Runs the Task up to its first wait. One that ends without waiting returns to its caller like
    // a function: unoptimised builds do not make a transfer between coroutines a tail call, and a
    // loop over such Tasks would overflow the stack.
    bool await_suspend(std::coroutine_handle<> caller) const {
      promise_type& promise = handle.promise();
      promise.continuation_ = caller;
      promise.starting_ = true;
      handle.resume();
      promise.starting_ = false;
      return !handle.done();
    }
    T await_resume() const { return handle.promise().result(); }
  };
  Awaiter operator co_await() && {
    ENSURE(handle_ && handle_.promise().untouched() && "a Task is awaited once");
    return Awaiter{handle_};
  }

 private:
  Handle handle_;
};

}  // namespace wukong::engine

// How Boost.Fiber chooses the fiber that runs next: it does not. Whoever switches has said to whom,
// and nobody is ready by themselves, so that the order is the engine's alone. A fiber that waits by
// Boost.Fiber's own means (this_fiber::sleep_for, fibers::mutex) waits for something that the
// engine does not know: that is a bug of its author, and aborts.
//
// Boost.Fiber has one such algorithm a thread; it is put in its place when it is first asked for.
#pragma once

#include <boost/fiber/algo/algorithm.hpp>
#include <boost/fiber/context.hpp>
#include <chrono>
#include <utility>

namespace wukong::blocking {

class EngineDriven final : public boost::fibers::algo::algorithm {
 public:
  using Context = boost::fibers::context;

  static EngineDriven& of_this_thread();
  // Boost.Fiber makes it; for of_this_thread() alone.
  EngineDriven();

  // Returns when somebody switches back.
  void switch_to(Context& other) {
    next_ = &other;
    Context::active()->suspend();
  }
  // For a fiber whose function now returns.
  void after_the_end(Context& other) {
    next_ = &other;
    ending_ = true;
  }
  // The fiber that was launched last, and has not run.
  Context& launched() { return *std::exchange(launched_, nullptr); }

  void awakened(Context* context) noexcept override;
  Context* pick_next() noexcept override;
  bool has_ready_fibers() const noexcept override {
    return next_ != nullptr || dispatcher_ != nullptr;
  }
  void suspend_until(const std::chrono::steady_clock::time_point& time) noexcept override;
  void notify() noexcept override {}

 private:
  Context* next_ = nullptr;
  Context* launched_ = nullptr;
  Context* dispatcher_ = nullptr;  // Boost's own, which frees the stacks of fibers that have ended
  bool ending_ = false;
};

}  // namespace wukong::blocking

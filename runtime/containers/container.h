// A container: a fiber with a stack of its own, on which task bodies run one after another. While a
// body sleeps no thread is held, and any worker of the pool goes on with it. An idle container is a
// stack of which a few pages are used.
//
// Bodies are plain blocking code. Killing a container ends its body at the next point where the
// body would block: sleep_for() throws Killed, which a body must let pass. A body that waits for
// something outside says to block() how to end that wait. A body that computes is not interrupted,
// but its results are not used. No body may sleep inside a catch clause: it may be another thread
// that continues the body, and exceptions in flight belong to a thread.
//
// Thread-safe. Owned by the pool. The code that had it made kills it when it needs it no more, and
// does not touch it after that.
#pragma once

#include <boost/context/fiber.hpp>
#include <chrono>
#include <deque>
#include <functional>

#include "runtime/stacks/stack_switch.h"
#include "workloads/computations/computation.h"

namespace wukong::containers {

class FiberPool;

// Thrown out of a body's blocking calls. Not a std::exception, so that no handler takes it for a
// failure of the task.
struct Killed {};

class Container final : public computations::TaskPlace {
 public:
  using Body = std::function<void(Container&)>;

  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  // The body runs after those that were submitted before.
  void submit(Body body);
  void kill();
  // No body runs here, and none waits to.
  bool idle() const;

  // These are for the bodies. They throw Killed.
  void sleep_for(std::chrono::nanoseconds time);
  void end_if_killed() const;
  // Waits by `wait` and holds the worker meanwhile. kill() calls `give_up`, which ends the wait.
  void block(const std::function<void()>& wait, const std::function<void()>& give_up) override;

 private:
  friend class FiberPool;
  enum class State : uint8_t { idle, runnable, running, sleeping, ended };

  explicit Container(FiberPool& pool) : pool_(pool) {}
  boost::context::fiber serve(boost::context::fiber&& worker);
  void suspend(State wanted);  // by a body
  void resume();               // by a worker

  FiberPool& pool_;
  boost::context::fiber fiber_;   // where the container goes on, while it is suspended
  boost::context::fiber worker_;  // where the worker goes on, while it runs the container
  stacks::StackSide own_side_;
  stacks::StackSide worker_side_;
  Body body_;
  State wanted_ = State::idle;  // what the container becomes once it is suspended
  std::chrono::steady_clock::time_point wake_time_;

  // The pool's mutex guards the rest.
  std::deque<Body> bodies_;
  State state_ = State::idle;
  uint64_t sleep_ = 0;  // with wake_time_, its key among the sleepers
  bool killed_ = false;
  const std::function<void()>* give_up_ = nullptr;  // ends the wait of the body that blocks
};

}  // namespace wukong::containers

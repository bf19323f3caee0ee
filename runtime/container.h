// A container: a fiber with a stack of its own, on which task bodies run one after another. While a
// body sleeps no thread is held, and any worker of the pool goes on with it. An idle container is a
// stack of which a few pages are used.
//
// Bodies are plain blocking code. Killing a container ends what it does at the next point where it
// would block: sleep_for() throws Killed, which a body must let pass. A body that waits for
// something outside says how to end that: block(). A body that computes is not interrupted; what it
// gives back is not wanted any more. Nobody may sleep inside a catch clause: the body may go on on
// another thread, and exceptions in flight belong to a thread.
//
// Thread-safe. Owned by the pool. Whoever made it kills it when it is of no more use, and does not
// touch it after that.
#pragma once

#include <boost/context/fiber.hpp>
#include <chrono>
#include <deque>
#include <functional>

#include "runtime/stack_switch.h"
#include "workloads/kernels/computation.h"

namespace wukong::runtime {

class FiberPool;

// Thrown out of a body's blocking calls. Not a std::exception, so that no handler takes it for a
// failure of the task.
struct Killed {};

class Container final : public workloads::TaskPlace {
 public:
  using Body = std::function<void(Container&)>;

  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  // The body runs after those that were submitted before.
  void submit(Body body);
  void kill();
  // Nothing runs and nothing is to run.
  bool idle() const;

  // For its bodies. All throw Killed.
  void sleep_for(std::chrono::nanoseconds time);
  void end_if_killed() const;
  // Holds its worker. kill() calls give_up().
  void block(const std::function<void()>& wait, const std::function<void()>& give_up) override;

 private:
  friend class FiberPool;
  enum class State : uint8_t { idle, runnable, running, sleeping, ended };

  explicit Container(FiberPool& pool) : pool_(pool) {}
  boost::context::fiber serve(boost::context::fiber&& worker);
  void suspend(State wanted);  // by a body
  void resume();               // by a worker

  FiberPool& pool_;
  boost::context::fiber fiber_;   // of the container while it is suspended
  boost::context::fiber worker_;  // of the worker while it runs the container
  StackSide own_side_;
  StackSide worker_side_;
  Body body_;
  State wanted_ = State::idle;  // what it is to become once it is suspended
  std::chrono::steady_clock::time_point wake_time_;

  // The pool's mutex guards the rest.
  std::deque<Body> bodies_;
  State state_ = State::idle;
  uint64_t sleep_ = 0;  // with wake_time_, its key among the sleepers
  bool killed_ = false;
  const std::function<void()>* give_up_ = nullptr;  // of the body that blocks
};

}  // namespace wukong::runtime

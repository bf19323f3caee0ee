#include "runtime/containers/container.h"

#include <boost/context/protected_fixedsize_stack.hpp>
#include <utility>

#include "runtime/containers/fiber_pool.h"
#include "sim/base/check.h"

namespace wukong::containers {

void Container::submit(Body body) {
  const FiberPool::Lock lock(pool_.mutex_);
  ENSURE(!killed_);
  bodies_.push_back(std::move(body));
  if (state_ == State::idle) pool_.make_runnable(*this);
}

void Container::kill() {
  const FiberPool::Lock lock(pool_.mutex_);
  ENSURE(!killed_);
  pool_.kill(*this);
}

bool Container::idle() const {
  const FiberPool::Lock lock(pool_.mutex_);
  return state_ == State::idle && !killed_;
}

// ---- on the container's own stack

boost::context::fiber Container::serve(boost::context::fiber&& worker) {
  worker_ = std::move(worker);
  own_side_.enter(worker_side_);
  while (true) {
    {
      const FiberPool::Lock lock(pool_.mutex_);
      if (killed_) break;
      ENSURE(!bodies_.empty());
      body_ = std::move(bodies_.front());
      bodies_.pop_front();
    }
    try {
      body_(*this);
    } catch (const Killed&) {
    }
    body_ = nullptr;
    suspend(State::idle);
  }
  wanted_ = State::ended;
  own_side_.leave(worker_side_, /*for_good=*/true);
  return std::move(worker_);
}

void Container::suspend(State wanted) {
  wanted_ = wanted;
  own_side_.leave(worker_side_, /*for_good=*/false);
  worker_ = std::move(worker_).resume();
  own_side_.enter(worker_side_);
}

void Container::end_if_killed() const {
  const FiberPool::Lock lock(pool_.mutex_);
  if (killed_) throw Killed{};
}

void Container::sleep_for(std::chrono::nanoseconds time) {
  end_if_killed();
  if (time <= std::chrono::nanoseconds::zero()) return;
  wake_time_ = std::chrono::steady_clock::now() + time;
  suspend(State::sleeping);
  end_if_killed();
}

void Container::block(const std::function<void()>& wait, const std::function<void()>& give_up) {
  {
    const FiberPool::Lock lock(pool_.mutex_);
    if (killed_) throw Killed{};
    give_up_ = &give_up;
  }
  wait();
  const FiberPool::Lock lock(pool_.mutex_);
  give_up_ = nullptr;
  if (killed_) throw Killed{};
}

// ---- on a worker's stack

void Container::resume() {
  if (!fiber_) {
    boost::context::protected_fixedsize_stack stacks(pool_.stack_bytes_);
    const boost::context::stack_context stack = stacks.allocate();
    own_side_.is_stack(static_cast<std::byte*>(stack.sp) - stack.size, stack.size);
    const boost::context::preallocated place(stack.sp, stack.size, stack);
    fiber_ = boost::context::fiber(
        std::allocator_arg, place, stacks,
        [this](boost::context::fiber&& worker) { return serve(std::move(worker)); });
  }
  worker_side_.is_this_thread();
  worker_side_.leave(own_side_, /*for_good=*/false);
  fiber_ = std::move(fiber_).resume();
  worker_side_.enter(own_side_);
  if (!fiber_) own_side_.is_gone();
}

}  // namespace wukong::containers

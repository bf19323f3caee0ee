#include "runtime/containers/fiber_pool.h"

#include "sim/base/check.h"

namespace wukong::containers {

FiberPool::FiberPool(unsigned threads, size_t stack_bytes) : stack_bytes_(stack_bytes) {
  ENSURE(threads > 0, threads);
  for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { work(); });
}

FiberPool::~FiberPool() {
  {
    const Lock lock(mutex_);
    ending_ = true;
    std::vector<Container*> left;
    for (const auto& [container, owner] : containers_)
      if (!container->killed_) left.push_back(container);
    for (Container* const container : left) kill(*container);
    work_to_do_.notify_all();
  }
  for (std::thread& worker : workers_) worker.join();
}

Container& FiberPool::make_container() {
  std::unique_ptr<Container> container(new Container(*this));
  const Lock lock(mutex_);
  ENSURE(!ending_);
  Container* const place = container.get();
  containers_.emplace(place, std::move(container));
  return *place;
}

size_t FiberPool::containers() const {
  const Lock lock(mutex_);
  return containers_.size();
}

bool FiberPool::has_free_worker() const {
  const Lock lock(mutex_);
  return runnable_.empty() && running_ < workers_.size();
}

void FiberPool::work() {
  Lock lock(mutex_);
  while (true) {
    wake_sleepers();
    if (!runnable_.empty()) {
      Container* const container = runnable_.front();
      runnable_.pop_front();
      run(lock, *container);
    } else if (ending_ && containers_.empty()) {
      work_to_do_.notify_all();
      return;
    } else if (!sleepers_.empty()) {
      const auto next = sleepers_.begin()->first.first;  // another thread may wake it meanwhile
      work_to_do_.wait_until(lock, next);
    } else {
      work_to_do_.wait(lock);
    }
  }
}

void FiberPool::run(Lock& lock, Container& container) {
  container.state_ = Container::State::running;
  ++running_;
  lock.unlock();
  container.resume();
  lock.lock();
  --running_;
  settle(container);
}

void FiberPool::settle(Container& container) {
  using State = Container::State;
  container.state_ = container.wanted_;
  if (container.state_ == State::ended) {
    containers_.erase(&container);
  } else if (container.killed_) {
    make_runnable(container);  // to end
  } else if (container.state_ == State::sleeping) {
    container.sleep_ = next_sleep_++;
    sleepers_.emplace(SleepKey(container.wake_time_, container.sleep_), &container);
    // Whoever waits for a later sleeper must wait less long.
    if (sleepers_.begin()->second == &container) work_to_do_.notify_one();
  } else {
    ENSURE(container.state_ == State::idle);
    if (!container.bodies_.empty()) make_runnable(container);
  }
}

void FiberPool::make_runnable(Container& container) {
  container.state_ = Container::State::runnable;
  runnable_.push_back(&container);
  work_to_do_.notify_one();
}

void FiberPool::wake_sleepers() {
  if (sleepers_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  while (!sleepers_.empty() && sleepers_.begin()->first.first <= now) {
    Container* const due = sleepers_.begin()->second;
    sleepers_.erase(sleepers_.begin());
    make_runnable(*due);
  }
}

// One whose fiber is suspended runs once more, and ends.
void FiberPool::kill(Container& container) {
  using State = Container::State;
  container.killed_ = true;
  container.bodies_.clear();
  if (container.give_up_ != nullptr) (*container.give_up_)();
  if (container.state_ == State::sleeping)
    sleepers_.erase(SleepKey(container.wake_time_, container.sleep_));
  const bool suspended = container.state_ == State::sleeping || container.state_ == State::idle;
  if (!suspended) return;  // a worker has it, or will, and its fiber_ is that worker's
  if (container.fiber_)
    make_runnable(container);
  else
    containers_.erase(&container);
}

}  // namespace wukong::containers

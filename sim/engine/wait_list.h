// Suspended coroutines in intrusive lists: whoever waits lies in exactly one list (of an event, a
// semaphore, the engine's ready list, ...), and its destructor takes it out. Waiting and waking
// never allocate, and a coroutine that is destroyed while it waits leaves nothing behind.
#pragma once

#include <coroutine>

#include "sim/base/check.h"

namespace wukong::engine {

class Process;

// A node of a circular, doubly linked list.
class ListHook {
 public:
  ListHook() : previous_(this), next_(this) {}
  ListHook(const ListHook&) = delete;
  ListHook& operator=(const ListHook&) = delete;
  ~ListHook() { unlink(); }

  bool linked() const { return next_ != this; }
  void unlink() {
    previous_->next_ = next_;
    next_->previous_ = previous_;
    previous_ = next_ = this;
  }
  void insert_before(ListHook& position) {
    ENSURE(!linked());
    previous_ = position.previous_;
    next_ = &position;
    previous_->next_ = this;
    position.previous_ = this;
  }
  ListHook* next() const { return next_; }

 private:
  ListHook* previous_;
  ListHook* next_;
};

// A suspended coroutine and why it waits. Awaiters derive from it, so it lies in the coroutine's
// frame.
class Waiter : public ListHook {
 public:
  // `reason` is for the deadlock report, e.g. "a message"; a string literal.
  explicit Waiter(const char* reason) : reason_(reason) {}

 private:
  friend class Engine;
  friend class Process;
  const char* reason_;
  std::coroutine_handle<> handle_;
  Process* process_ = nullptr;
};

class WaitList {
 public:
  bool empty() const { return !head_.linked(); }
  Waiter& front() { return static_cast<Waiter&>(*head_.next()); }
  void push_back(Waiter& waiter) { waiter.insert_before(head_); }
  void push_front(Waiter& waiter) { waiter.insert_before(*head_.next()); }

 private:
  ListHook head_;
};

}  // namespace wukong::engine

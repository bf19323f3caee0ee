// Synchronisation in simulated time. All of them wake in the order of arrival, and all of them
// survive that a waiting coroutine is destroyed, also between being woken and being resumed.
#pragma once

#include <deque>
#include <optional>
#include <utility>

#include "sim/engine/engine.h"

namespace wukong::engine {

// A gate that is opened once (and may be closed again): co_await event.wait();
class Event {
 public:
  explicit Event(Engine& engine) : engine_(engine) {}

  bool is_set() const { return set_; }
  void set() {
    set_ = true;
    while (!waiting_.empty()) engine_.make_ready(waiting_.front());
  }
  void reset() { set_ = false; }

  auto wait(const char* reason = "an event") { return Wait(*this, reason); }

 private:
  class Wait : public Waiter {
   public:
    Wait(Event& event, const char* reason) : Waiter(reason), event_(event) {}
    bool await_ready() const noexcept { return event_.set_; }
    void await_suspend(std::coroutine_handle<> handle) {
      event_.engine_.suspend(*this, handle);
      event_.waiting_.push_back(*this);
    }
    void await_resume() const noexcept {}

   private:
    Event& event_;
  };

  Engine& engine_;
  WaitList waiting_;
  bool set_ = false;
};

// Counted permits, handed on in order: auto permit = co_await semaphore.acquire();
class Semaphore {
 public:
  Semaphore(Engine& engine, int64_t permits) : engine_(engine), available_(permits) {
    ENSURE(permits >= 0, permits);
  }

  // Given back when it is destroyed.
  class [[nodiscard]] Permit {
   public:
    explicit Permit(Semaphore& semaphore) : semaphore_(&semaphore) {}
    Permit(Permit&& other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)) {}
    Permit& operator=(Permit&& other) noexcept {
      if (this != &other) {
        if (semaphore_ != nullptr) semaphore_->release();
        semaphore_ = std::exchange(other.semaphore_, nullptr);
      }
      return *this;
    }
    ~Permit() {
      if (semaphore_ != nullptr) semaphore_->release();
    }

   private:
    Semaphore* semaphore_;
  };

  int64_t available() const { return available_; }
  auto acquire(const char* reason = "a permit") { return Acquire(*this, reason); }

 private:
  class Acquire : public Waiter {
   public:
    Acquire(Semaphore& semaphore, const char* reason) : Waiter(reason), semaphore_(semaphore) {}
    Acquire(const Acquire&) = delete;
    Acquire& operator=(const Acquire&) = delete;
    ~Acquire() {
      unlink();
      if (granted_) semaphore_.release();  // killed between being woken and being resumed
    }
    bool await_ready() {
      if (semaphore_.available_ == 0 || !semaphore_.waiting_.empty()) return false;
      --semaphore_.available_;
      return granted_ = true;
    }
    void await_suspend(std::coroutine_handle<> handle) {
      semaphore_.engine_.suspend(*this, handle);
      semaphore_.waiting_.push_back(*this);
    }
    Permit await_resume() {
      granted_ = false;
      return Permit(semaphore_);
    }

   private:
    friend class Semaphore;
    Semaphore& semaphore_;
    bool granted_ = false;
  };

  void release() {
    if (waiting_.empty()) {
      ++available_;
      return;
    }
    ENSURE(available_ == 0, available_);
    auto& next = static_cast<Acquire&>(waiting_.front());
    next.granted_ = true;
    engine_.make_ready(next);
  }

  Engine& engine_;
  int64_t available_;
  WaitList waiting_;
};

// An unbounded queue of messages: channel.send(x); T x = co_await channel.receive();
// A message waits in the queue until its receiver runs. So nothing is lost and nothing changes its
// place if a receiver is killed between being woken and being resumed: the next one is woken.
template <class T>
class Channel {
 public:
  explicit Channel(Engine& engine) : engine_(engine) {}

  // Messages that no woken receiver is about to take.
  bool empty() const { return size() == 0; }
  size_t size() const { return messages_.size() - promised_; }
  void send(T message) {
    messages_.push_back(std::move(message));
    wake_receivers();
  }
  std::optional<T> try_receive() {
    if (empty()) return std::nullopt;
    std::optional<T> message(std::move(messages_.front()));
    messages_.pop_front();
    return message;
  }
  auto receive(const char* reason = "a message") { return Receive(*this, reason); }

 private:
  class Receive : public Waiter {
   public:
    Receive(Channel& channel, const char* reason) : Waiter(reason), channel_(channel) {}
    Receive(const Receive&) = delete;
    Receive& operator=(const Receive&) = delete;
    ~Receive() {
      unlink();
      if (!woken_) return;
      --channel_.promised_;  // killed before it could take its message
      channel_.wake_receivers();
    }
    bool await_ready() const { return !channel_.empty(); }
    void await_suspend(std::coroutine_handle<> handle) {
      channel_.engine_.suspend(*this, handle);
      channel_.waiting_.push_back(*this);
    }
    T await_resume() {
      if (std::exchange(woken_, false)) --channel_.promised_;
      ENSURE(!channel_.empty());
      T message = std::move(channel_.messages_.front());
      channel_.messages_.pop_front();
      return message;
    }

   private:
    friend class Channel;
    Channel& channel_;
    bool woken_ = false;
  };

  void wake_receivers() {
    while (!empty() && !waiting_.empty()) {
      auto& next = static_cast<Receive&>(waiting_.front());
      next.woken_ = true;
      ++promised_;
      engine_.make_ready(next);
    }
  }

  Engine& engine_;
  std::deque<T> messages_;
  size_t promised_ = 0;  // receivers that were woken and have not run yet
  WaitList waiting_;
};

// Children that run side by side; the parent joins them. Destroying the group kills who still runs,
// so no child outlives the frame that started it.
//   TaskGroup group(engine);  group.spawn(fetch(a), "fetch");  ...  co_await group.join();
class TaskGroup {
 public:
  explicit TaskGroup(Engine& engine) : engine_(engine), idle_(engine) { idle_.set(); }
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;
  ~TaskGroup();

  void spawn(Task<> body, const char* name);
  size_t running() const { return running_; }
  auto join(const char* reason = "its children") { return idle_.wait(reason); }

 private:
  friend class Engine;
  void member_gone(Process& process);

  Engine& engine_;
  Event idle_;
  ListHook members_;
  size_t running_ = 0;
};

}  // namespace wukong::engine

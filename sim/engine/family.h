// Processes that belong together: whoever is spawned by a member is a member, too. A run of one
// client has one family, the engine's own; where many clients share an engine, each has its own, so
// that what a client is made of can go when the last process that may use it has ended.
#pragma once

#include <cstddef>

#include "sim/engine/engine.h"

namespace wukong::engine {

class Family : public ListHook {
 public:
  explicit Family(Engine& engine) : engine_(engine) { insert_before(engine.families_); }
  ~Family() { kill_all(); }

  // Members that a run waits for: all that are no daemons.
  size_t live() const { return live_; }
  // co_await family.ended(): until no such member is left.
  auto ended(const char* reason = "the end of a family") { return Ended(*this, reason); }
  // REQUIRES: no member is the one that is running.
  void kill_all();

 private:
  friend class Engine;

  class Ended : public Waiter {
   public:
    Ended(Family& family, const char* reason) : Waiter(reason), family_(family) {}
    bool await_ready() const noexcept { return family_.live_ == 0; }
    void await_suspend(std::coroutine_handle<> handle) {
      family_.engine_.suspend(*this, handle);
      family_.waiting_.push_back(*this);
    }
    void await_resume() const noexcept {}

   private:
    Family& family_;
  };

  Engine& engine_;
  ListHook processes_;  // of Process, in the order of their start
  size_t live_ = 0;
  WaitList waiting_;
};

}  // namespace wukong::engine

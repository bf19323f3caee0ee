// The environments of one function: which are idle, which of them serves next, and when an idle one
// is gone, as the policy says (keep_alive).
//
// Environments are numbered by creation, so that the newest, the oldest or a random idle one is
// found in O(log n). Idle ones also lie in a list in the order in which their time is over,
// with one timer for its head; one that becomes idle is put in from the list's end, past those
// whose time is over later: none, unless the policy has come to keep for shorter. Prewarmed
// environments exist here from the start, but whoever owns the pool makes them only when they first
// serve.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/inline_function.h"
#include "sim/engine/timer.h"
#include "sim/functions/keep_alive/keep_alive_policy.h"
#include "sim/functions/keep_alive/warm_pool_spec.h"
#include "sim/functions/warm_pool/pool_event.h"
#include "sim/functions/warm_pool/pooled_environment.h"
#include "sim/functions/warm_pool/ranked_set.h"

namespace wukong {
class RandomStream;
}  // namespace wukong

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::warm_pool {

class PoolMemory;

// A place in a pool for an environment that is busy; valid until the next call of add().
struct PoolPlace {
  uint32_t number;
  PooledEnvironment* environment;  // null: not made yet, see WarmPool::occupy()
  Time created;
};

class WarmPool {
 public:
  // `environment`: the one that is gone; null for one that has never served.
  using Told = InlineFunction<void(PoolEvent, PooledEnvironment* environment), 16>;

  struct Function {
    FunctionId id;
    int64_t memory_mb = 0;
    keep_alive::ReuseOrder reuse = keep_alive::ReuseOrder::newest;
  };

  // Adds the function to the memory, not to the policy. Both outlive the pool.
  WarmPool(engine::Engine& engine, keep_alive::KeepAlivePolicy& policy, PoolMemory& memory,
           const Function& function, Told told);
  WarmPool(const WarmPool&) = delete;
  WarmPool& operator=(const WarmPool&) = delete;

  size_t idle() const { return idle_.size(); }
  size_t size() const { return size_; }

  // As many idle environments as there is free memory for and the policy keeps; how many these are.
  int64_t prewarm(int64_t count);

  using Place = PoolPlace;
  // An idle environment, which is busy from now on; nothing if there is none.
  // `random` says which, if that is to be random.
  std::optional<Place> take(RandomStream& random);
  // Memory would do for a new one.
  bool may_add() const;
  // A place for a new environment, busy. REQUIRES: may_add().
  Place add();
  void occupy(Place place, PooledEnvironment& environment);

  // A busy environment has become idle.
  void give_back(PooledEnvironment& environment);
  // A busy environment is gone.
  void remove(PooledEnvironment& environment);

  // Nothing is kept any more: idle environments are gone, and busy ones once they become idle.
  void close();

 private:
  // Small, as an invocation touches four of them.
  struct Entry {
    Time until;
    PooledEnvironment* environment = nullptr;
    uint32_t previous = 0;  // in the list of idle entries; 0 is the list's head
    uint32_t next = 0;
    bool exists = false;
  };
  struct Details {
    Time created;
    uint64_t turn = 0;    // among all that became idle; only if memory is limited, as
    double priority = 0;  // what the policy said
  };

  size_t choose(RandomStream& random) const;
  bool has_free_memory() const;
  uint32_t new_entry();
  void make_room();
  void make_idle(uint32_t number);
  void put_into_list(uint32_t number, Time until);
  void tell_memory();
  void unlink(uint32_t number);
  void release(uint32_t number);
  void evict(uint32_t number, PoolEvent why);
  void expire();
  void expect(const std::optional<keep_alive::Prewarming>& prewarming);
  void prewarm_now();

  engine::Engine& engine_;
  keep_alive::KeepAlivePolicy& policy_;
  PoolMemory& memory_;
  Function function_;
  Told told_;
  uint32_t memory_number_ = 0;
  std::vector<Entry> entries_;  // by creation; [0] is the head of the list of idle ones
  std::vector<Details> details_;
  RankedSet idle_;
  size_t size_ = 0;
  bool closed_ = false;
  Time prewarmed_until_;
  engine::Timer timer_{engine_, [](void* self) { static_cast<WarmPool*>(self)->expire(); }, this,
                       engine::TimerKind::passive};
  engine::Timer prewarming_{engine_,
                            [](void* self) { static_cast<WarmPool*>(self)->prewarm_now(); }, this,
                            engine::TimerKind::passive};
};

}  // namespace wukong::warm_pool

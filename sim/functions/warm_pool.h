// The environments of one function: which are idle, which of them serves next, and when an idle one
// is evicted.
//
// Environments are numbered by creation, so that the newest, the oldest or a random idle one is
// found by rank in O(log n). Idle ones also lie in a list in the order in which their keep-alive
// ends, with one timer for its head. Evictions happen at multiples of a granularity, counted from
// the start of the run, as if the service looked at all idle environments from time to time.
// Prewarmed environments exist here from the start, but the service makes their Environment only
// when they first serve.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/inline_function.h"
#include "sim/engine/engine.h"
#include "sim/engine/timer.h"
#include "sim/functions/lambda_spec.h"
#include "sim/functions/ranked_set.h"

namespace wukong {
class RandomStream;
}  // namespace wukong

namespace wukong::functions {

struct Environment;

class WarmPool {
 public:
  // Called with an evicted environment, or with null for a prewarmed one that never served.
  using Evicted = InlineFunction<void(Environment*), 16>;

  WarmPool(engine::Engine& engine, const WarmPoolSpec& spec, Evicted evicted);
  WarmPool(const WarmPool&) = delete;
  WarmPool& operator=(const WarmPool&) = delete;

  size_t idle() const { return idle_.size(); }
  size_t size() const { return size_; }

  void prewarm(int64_t count);

  // A place in the pool for an environment that is busy; valid until the next call of add().
  struct Place {
    uint32_t number;
    Environment* environment;  // null: not made yet, see occupy()
  };
  // An idle environment, which is busy from now on; nothing if there is none. `random` draws one if
  // the order of reuse is that.
  std::optional<Place> take(RandomStream& random);
  // A place for a new environment, busy.
  Place add();
  void occupy(Place place, Environment& environment);

  // A busy environment has become idle.
  void give_back(Environment& environment);
  // A busy environment is gone.
  void remove(Environment& environment);

 private:
  struct Entry {
    Time since;  // the start of its present keep-alive time
    Environment* environment = nullptr;
    uint32_t previous = 0;  // in the list of idle entries; 0 is the list's head
    uint32_t next = 0;
    bool exists = false;
  };

  uint32_t new_entry();
  void make_room();
  void make_idle(uint32_t number, Time since);
  void unlink(uint32_t number);
  void release(uint32_t number);
  Time keep_alive_end(Time since) const;
  void expire();

  engine::Engine& engine_;
  Eviction eviction_;
  ReuseOrder reuse_;
  Duration interval_;
  Duration granularity_;  // zero: to the nanosecond
  Evicted evicted_;
  std::vector<Entry> entries_;  // by creation; [0] is the head of the list of idle ones
  RankedSet idle_;
  size_t size_ = 0;
  bool spare_next_ = false;  // halving: the next one whose time is over lives on
  engine::Timer timer_{engine_, [](void* self) { static_cast<WarmPool*>(self)->expire(); }, this,
                       engine::TimerKind::passive};
};

}  // namespace wukong::functions

// How long an environment that has nothing to do stays warm, when one is made ahead of the next
// invocation, and which one goes first when memory is short: a policy's decisions, of which it
// hears nothing but arrivals and ends. Lists, timers and memory are the warm pools' (warm_pool).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "sim/base/ids.h"
#include "sim/base/time.h"

namespace wukong::keep_alive {

// What a policy may know of a function.
struct FunctionFacts {
  int64_t memory_mb = 0;  // of an environment
  Duration cold_start;    // what a cold start adds, typically
};

// The environments of one function.
struct Population {
  size_t environments = 0;  // idle or not
  size_t idle = 0;
};

// An environment that is to be made before anybody asks for it.
struct Prewarming {
  Time at;
  Time until;  // if nothing arrives, it is gone again
};

// What becomes of an environment that has become idle.
struct Stay {
  std::optional<Time> until;  // absent: it is gone at once; Time::max(): nothing but memory ends it
  std::optional<Prewarming> prewarming;  // unless something arrives before; absent: none
  double priority = 0;                   // when memory is short; see KeepAlivePolicy::priority
};

class KeepAlivePolicy {
 public:
  virtual ~KeepAlivePolicy() = default;

  // Functions are known by the order in which they are added.
  virtual void add_function(const FunctionFacts&) {}
  // An invocation of the function starts, in an environment of `before` or in a new one.
  virtual void arrives(FunctionId, Time, const Population& /*before*/) {}
  // One of the function's environments has become idle; `now_idle` counts it.
  virtual Stay becomes_idle(FunctionId function, Time now, size_t now_idle) = 0;
  // An idle environment's time is over: nothing, and it is gone, or how long it stays after all.
  virtual std::optional<Time> time_is_over(FunctionId, Time) { return std::nullopt; }
  // Memory is taken from the function whose priority is smallest; of several from the one whose
  // first environment has been idle longest. `of_first`: what becomes_idle() said of that one.
  virtual double priority(FunctionId, Time, size_t /*now_idle*/, double of_first) const {
    return of_first;
  }
  // Memory was short, and an environment of this priority is gone.
  virtual void evicted_for_memory(double /*priority*/) {}
};

}  // namespace wukong::keep_alive

// What a policy promises of its runs. It says so in its own file, from its options alone, and is
// registered with it (system.h); whoever checks a run reads this, and knows no policy by its name.
// What holds of every run of every policy is in bench/invariants; the same table, for people, is in
// docs/faults.md.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>

#include "sim/base/time.h"

namespace wukong::scheduler {

// What can go wrong in a run, as its policy meets it. What only delays (a cold start, a throttle
// that the caller sits out, a slow request, a message that comes late or after a later one) is no
// mishap: every policy is made for that.
enum class Mishap : uint8_t {
  function_failed,      // it crashed, hung, gave up or ran into its time limit; if it was invoked
                        // asynchronously, it runs again
  invocation_doubled,   // one event runs twice
  invocation_given_up,  // after its last retry, or its call was refused for good: nobody does it
  request_failed,       // to a store, with effect or without
  counter_reply_lost,   // an update of metadata took effect, and its client saw a failure
  message_doubled,      // one message of a queue or of publish/subscribe comes twice
  data_lost,            // a store's server came back empty
  worker_died,          // a process on a rented machine, with the objects that it held
};
constexpr int kMishaps = 8;

class Mishaps {
 public:
  constexpr Mishaps() = default;
  constexpr Mishaps(std::initializer_list<Mishap> mishaps) {
    for (const Mishap mishap : mishaps) add(mishap);
  }
  static constexpr Mishaps all() {
    Mishaps every;
    every.bits_ = (1u << kMishaps) - 1;
    return every;
  }
  constexpr void add(Mishap mishap) { bits_ |= bit(mishap); }
  constexpr void add(const Mishaps& others) { bits_ |= others.bits_; }
  constexpr bool contains(Mishap mishap) const { return (bits_ & bit(mishap)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // All of these are among the others.
  constexpr bool within(const Mishaps& others) const { return (bits_ & ~others.bits_) == 0; }
  constexpr Mishaps without(const Mishaps& others) const {
    Mishaps left;
    left.bits_ = bits_ & ~others.bits_;
    return left;
  }
  constexpr bool operator==(const Mishaps&) const = default;

 private:
  static constexpr uint32_t bit(Mishap mishap) { return 1u << static_cast<unsigned>(mishap); }
  uint32_t bits_ = 0;
};

// How often a policy's functions do something, such as to look whether there is something for them
// in a queue.
struct Polling {
  Duration interval;         // at least, between two times that one of them does it
  int64_t at_once_each = 1;  // that do it side by side in one function
};

// A policy that says nothing of itself has these: in a run without a mishap it runs each task once
// and in order, its client gets the results, and nothing is left behind. After a mishap it promises
// nothing.
struct Promises {
  // No task starts, and no object is asked for, before what it depends on is there; whichever of
  // these mishaps there were.
  Mishaps in_order_through{};
  // The client gets its results, whichever of these there were.
  Mishaps completes_through{};
  // No task runs twice, if there was no mishap and no fault.
  bool each_task_once = true;
  // Each of these may make a task run once more each time that it happens; of functions that
  // failed, only those that had begun the task. Nothing else does, but a lease that runs out.
  // Absent: what a mishap repeats may repeat what comes after it, too, so that there is no bound.
  std::optional<Mishaps> repeated_by = Mishaps{Mishap::function_failed, Mishap::invocation_doubled,
                                               Mishap::message_doubled, Mishap::worker_died};
  // No message and no function is left at the end of a run without a fault.
  bool leaves_nothing = true;
  // The bytes that its tasks read and write are the same whatever the timing: with every seed, and
  // in an emulation as in a simulation. Of runs without a mishap.
  bool same_bytes = false;
  // So are the invocations.
  bool same_invocations = false;
  // The least time after which one of its functions is ended, beside the platform's limit for those
  // that run tasks: by the policy itself, or as a function of another kind with a limit of its own.
  std::optional<Duration> least_time_limit = std::nullopt;
  // Absent: there is no bound, or no function looks into a queue.
  std::optional<Polling> polling = std::nullopt;
  // A request that takes its function so long is made again; absent: however long it takes, only
  // one that has failed is.
  std::optional<Polling> slow_requests = std::nullopt;
  // While its holder lives, a message's lease never runs out sooner after its receipt, in a run
  // without a fault; absent: it may at any time.
  std::optional<Duration> shortest_lease = std::nullopt;
};

}  // namespace wukong::scheduler

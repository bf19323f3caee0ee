// The kinds of faults that a run can be given. Each strikes at an opportunity: the n-th time in the
// run that something happens at which it could. Opportunities are counted by kind from 1 on, so
// that a kind and a number name one fault of a run.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/base/time.h"

namespace wukong::sim {

enum class FaultKind : uint8_t {
  // A function, around an operation of its own: a request to a service, a task's execution.
  crash_before,  // it has had no effect
  crash_during,  // some time after its begin
  crash_after,   // it has taken effect, and nobody hears of it
  hang,          // the function goes on no more; its time limit ends it
  // An invocation.
  throttled_call,        // the API answers 429
  throttled_start,       // no environment for an accepted event, or for a synchronous call
  lost_invocation,       // an accepted event is mislaid, and found at the time of its first retry
  duplicate_invocation,  // an accepted event is delivered twice
  // A request to an object store.
  slow_storage,
  failed_storage,      // without effect
  lost_storage_reply,  // with effect, but the client sees a failure
  shard_outage,        // its server answers nobody for a while
  shard_loss,          // and comes back empty
  // A request to the metadata store.
  slow_metadata,
  failed_metadata,
  lost_metadata_reply,
  // A message of a queue or of publish/subscribe.
  duplicate_message,
  late_message,
  reordered_message,  // the next one overtakes it
  // A worker's process on a rented machine, with all that it holds; another is started in its
  // place.
  machine_death,
};
constexpr std::string_view kFaultKindNames[] = {
    "crash_before",      "crash_during",    "crash_after",        "hang",
    "throttled_call",    "throttled_start", "lost_invocation",    "duplicate_invocation",
    "slow_storage",      "failed_storage",  "lost_storage_reply", "shard_outage",
    "shard_loss",        "slow_metadata",   "failed_metadata",    "lost_metadata_reply",
    "duplicate_message", "late_message",    "reordered_message",  "machine_death"};
constexpr size_t kFaultKinds = std::size(kFaultKindNames);

constexpr std::string_view name_of(FaultKind kind) {
  return kFaultKindNames[static_cast<size_t>(kind)];
}

// The n-th opportunity of a kind.
struct FaultPoint {
  FaultKind kind = FaultKind::crash_before;
  uint64_t number = 1;
  bool operator==(const FaultPoint&) const = default;
};

// A fault that struck.
struct InjectedFault {
  FaultPoint point;
  Time at;
};

// Of each kind, so many.
using FaultCounts = std::array<uint64_t, kFaultKinds>;

}  // namespace wukong::sim

// The kinds of faults that a run can be given. A fault strikes at an opportunity of its kind, which
// is a moment of the run at which it could. Opportunities are counted by kind from 1 on, so that a
// kind and a number name one fault of a run.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/base/time.h"

namespace wukong::faults {

enum class FaultKind : uint8_t {
  // A function ends or hangs at an operation: a request to a service, or a task's execution.
  crash_before,  // before the operation has had any effect
  crash_during,  // some time after the operation has begun
  crash_after,   // when the operation has taken effect, before the function learns of it
  hang,          // the function does not go on; its time limit ends it
  // An invocation goes wrong.
  throttled_call,        // the API answers 429
  throttled_start,       // an accepted event, or a synchronous call, gets no environment
  lost_invocation,       // an accepted event starts only when its first retry would be due
  duplicate_invocation,  // an accepted event is delivered twice
  // A request to an object store goes wrong.
  slow_storage,        // it is made late
  failed_storage,      // it is not made, and the client sees a failure
  lost_storage_reply,  // it takes effect, and the client sees a failure
  shard_outage,        // the object's server answers nobody for a while
  shard_loss,          // the same, and the server comes back empty
  // A request to the metadata store goes wrong, in the same ways.
  slow_metadata,
  failed_metadata,
  lost_metadata_reply,
  // A message of a queue or of publish/subscribe goes wrong.
  duplicate_message,  // it is delivered twice
  late_message,       // it is delivered late
  reordered_message,  // the next message overtakes it
  // A worker's process on a rented machine dies with all that it holds; another one is started in
  // its place.
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

// One opportunity of a kind.
struct FaultPoint {
  FaultKind kind = FaultKind::crash_before;
  uint64_t number = 1;  // the first is 1
  bool operator==(const FaultPoint&) const = default;
};

// A fault that struck.
struct InjectedFault {
  FaultPoint point;
  Time at;
};

// A number for each kind.
using FaultCounts = std::array<uint64_t, kFaultKinds>;

}  // namespace wukong::faults

// Why a run took as long as it did: the chain of waits that ends with the client's results. Each
// segment begins when the one before it ends; together they are the makespan, to the nanosecond.
#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/time.h"

namespace wukong::run {

// What the time of a segment was spent on.
enum class PathPart : uint8_t {
  compute,       // a task's kernel
  get,           // a read from an object store or a peer
  put,           // a write to an object store, a disk
  look,          // whether an object is there
  copy,          // objects that are copied and serialised
  counter,       // counters and locks of the metadata store
  message,       // other requests to the metadata store, notifications, messages
  queue,         // operations of the message queue
  cold_start,    // of an environment
  warm_start,    // of a handler in an environment that is there
  invoke,        // the API calls of invocations
  scheduler,     // the client's and the scheduler's own work
  executor,      // what a function or a worker does beside its tasks
  poll,          // until the next look at something
  retry,         // waits before another try: after errors, throttles, at busy peers
  bound,         // of a bound that runs nothing: the least possible time
  unattributed,  // what no span explains
};
constexpr std::string_view kPathPartNames[] = {
    "compute",  "get",   "put",        "look",       "copy",        "counter",
    "message",  "queue", "cold_start", "warm_start", "invoke",      "scheduler",
    "executor", "poll",  "retry",      "bound",      "unattributed"};
constexpr size_t kPathParts = std::size(kPathPartNames);

struct PathSegment {
  Time begin;
  Time end;
  PathPart part = PathPart::unattributed;
  std::string what;         // "put y-3"
  std::string where;        // the host's name; empty if no host is known
  std::string object = {};  // the object's name, of a segment that moves one of the workload
};

struct CriticalPath {
  std::array<Duration, kPathParts> parts{};
  std::vector<PathSegment> segments;  // from the run's start to its end

  Duration of(PathPart part) const { return parts[static_cast<size_t>(part)]; }
  Duration total() const { return std::accumulate(parts.begin(), parts.end(), Duration()); }
};

}  // namespace wukong::run

// What happens in a run, as it happens: every record goes into the run's 64-bit hash, and to a sink
// if someone listens. Two runs with the same hash did the same things at the same times in the same
// order.
#pragma once

#include <cstdint>

#include "sim/base/hash.h"
#include "sim/base/time.h"

namespace wukong::engine {

enum class TraceKind : uint8_t {
  resumed,          // actor: process
  invoked,          // actor: invocation
  throttled,        // actor: invocation
  started,          // actor: invocation, subject: environment, value: 1 for a cold start
  finished,         // actor: invocation, subject: environment, value: billed ns
  failed,           // actor: invocation, subject: environment
  task_started,     // actor: host, subject: task
  task_finished,    // actor: host, subject: task
  object_read,      // actor: host, subject: object, value: bytes
  object_written,   // actor: host, subject: object, value: bytes
  counter_changed,  // actor: host, subject: counter, value: new value
  published,        // actor: host, subject: channel, value: message
  queue_sent,       // actor: host, subject: message
  queue_received,   // actor: host, subject: message
  lease_expired,    // subject: message
};

struct TraceRecord {
  Time time;
  TraceKind kind;
  uint32_t actor;
  uint32_t subject;
  int64_t value;
};

class TraceSink {
 public:
  virtual ~TraceSink() = default;
  virtual void record(const TraceRecord& record) = 0;
};

class Trace {
 public:
  void listen(TraceSink* sink) { sink_ = sink; }

  void record(Time time, TraceKind kind, uint32_t actor, uint32_t subject = 0, int64_t value = 0) {
    // Three words, each mixed into all bits before the next: a small change of one cannot be
    // undone by a small change of its neighbour.
    absorb(static_cast<uint64_t>(time.count_ns()));
    absorb((static_cast<uint64_t>(actor) << 32) | subject);
    absorb(static_cast<uint64_t>(value) + static_cast<uint64_t>(kind) * 0x9e3779b97f4a7c15ull);
    if (sink_ != nullptr) [[unlikely]]
      sink_->record(TraceRecord{time, kind, actor, subject, value});
  }

  uint64_t hash() const { return mix64(hash_); }

 private:
  // A bijection of the state for each word.
  void absorb(uint64_t word) {
    hash_ = (hash_ ^ word) * 0x9fb21c651e98df25ull;
    hash_ ^= hash_ >> 32;
  }

  uint64_t hash_ = 0x9e3779b97f4a7c15ull;
  TraceSink* sink_ = nullptr;
};

}  // namespace wukong::engine

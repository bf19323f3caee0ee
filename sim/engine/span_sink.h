// What the hosts of a run are busy with, as it begins and ends: for a trace file or a live view.
// Services and policies tell it through Span (span.h); nobody asks whether anybody listens. Nothing
// here reaches the run's trace hash, and a listener cannot change a run. Times are the engine's.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/base/time.h"

namespace wukong::engine {

enum class SpanKind : uint8_t {
  start,     // of an environment, for an invocation; subject: invocation
  function,  // a handler; subject: invocation
  task,      // subject: task
  object,    // an operation of an object store; subject: object
  metadata,  // an operation of the metadata store
  queue,     // an operation of the message queue
  invoke,    // the API call of an invocation; subject: invocation
  work,      // what takes time of a client, a scheduler, a worker
  wait,      // for a time, or for others
};
constexpr std::string_view kSpanKindNames[] = {"start", "function", "task", "object", "metadata",
                                               "queue", "invoke",   "work", "wait"};

enum class HostKind : uint8_t { function, machine };

// What an open span has to do with an invocation.
enum class InvocationLink : uint8_t {
  cause,      // the span has caused the invocation
  execution,  // the span is the execution of the invocation
};

// Something that is told at one moment and has no length.
enum class MomentKind : uint8_t {
  level,  // a quantity of the platform has changed; value: what it is now
  mark,   // something has happened; value: to what, a number that belongs to the name
};
struct Moment {
  MomentKind kind;
  const char* name;  // a literal
  int64_t value;
};

struct SpanStart {
  SpanKind kind;
  const char* name;      // what is done, a literal: "get"
  uint32_t host;         // who does it
  uint32_t subject = 0;  // with what, as the kind says
};

class SpanSink {
 public:
  virtual ~SpanSink() = default;

  // There is a host, and this is its name. Told again if a policy has a better name for it.
  virtual void host(uint32_t host, HostKind kind, std::string_view name) = 0;

  // Spans of one process are nested; those of different processes on a host may overlap. Returns a
  // number by which the span is called until its end, not longer.
  virtual uint32_t begin(Time time, uint32_t process, const SpanStart& start) = 0;
  // A detail of an open span; `key` is a literal.
  virtual void note(uint32_t span, const char* key, int64_t value) = 0;
  virtual void end(Time time, uint32_t span) = 0;

  virtual void link(Time time, uint32_t span, InvocationLink link, uint32_t invocation) = 0;
  virtual void moment(Time time, const Moment& moment) = 0;
};

}  // namespace wukong::engine

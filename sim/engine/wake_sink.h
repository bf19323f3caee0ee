// Who made whom go on in a run: for whoever explains where its time went. A process goes on because
// another one has woken it, or because what it waited for by itself (a time, a share of a resource)
// is over; and sometimes because it has looked at something, and found there what another process
// has left. The engine tells the first two, services and policies the third (facts). Nothing here
// reaches the run's trace hash, and a listener cannot change a run.
//
// What is told is done by the *actor*: the process that was resumed last, also while its end is
// cleaned up; nobody, once an event's callback has begun.
#pragma once

#include <cstdint>

#include "sim/base/time.h"

namespace wukong::engine {

enum class FactUse : uint8_t {
  left,   // the actor has left something for others to find
  found,  // the actor has looked, and what it was waiting for is there
  last,   // the run's result is there: what the run was about has ended
};

class WakeSink {
 public:
  virtual ~WakeSink() = default;

  // The actor has made a process ready to run; for the first time, if it has just started it.
  virtual void woken(uint32_t process) = 0;
  // A process goes on, and is the actor from now on; `reason` is what it waited for, a literal.
  virtual void resumed(Time time, uint32_t process, const char* reason) = 0;
  // A process has ended, or was killed by the actor.
  virtual void ended(Time time, uint32_t process) = 0;
  // An event's callback begins: there is no actor.
  virtual void event_begins() = 0;
  // `key` stands for what was left or found; an address that belongs to it and to nothing else.
  // What an event's callback does after it has found something is done by who had left that: so a
  // message that no process carries makes its receiver go on in the name of its sender.
  virtual void fact(Time time, FactUse use, const void* key) = 0;
};

}  // namespace wukong::engine

// What happens between two events: the seam between simulation and emulation. A virtual clock
// jumps; a real one (runtime/) waits until the event is due or something arrives from outside.
#pragma once

#include <optional>

#include "sim/base/time.h"

namespace wukong::engine {

class ClockDriver {
 public:
  virtual ~ClockDriver() = default;

  // Whether time passes while an event is handled. Then the engine asks before each event how late
  // it is; else only when nothing is due at the present instant.
  virtual bool runs_by_itself() const = 0;

  // Called when nobody is ready; `next` is when the next event is due, if there is one. Returns the
  // instant to go on at: `next`; an earlier one if something arrived (which the driver has handed
  // to the engine); a later one if `next` has passed already, as it may in real time: then the
  // event is handled late, at that instant. Nothing if no event is due and none can arrive. Never
  // goes back.
  virtual std::optional<Time> advance(std::optional<Time> next) = 0;
};

class VirtualClock final : public ClockDriver {
 public:
  bool runs_by_itself() const override { return false; }
  std::optional<Time> advance(std::optional<Time> next) override { return next; }
};

}  // namespace wukong::engine

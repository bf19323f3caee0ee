// When jobs arrive, and which: a stream in time order, one job at a time. Who runs them knows no
// process; a process knows nothing of what a job is but its kind's number.
#pragma once

#include <optional>

#include "sim/base/id.h"
#include "sim/base/time.h"

namespace wukong::arrivals {

using JobKindId = Id<struct JobKindTag>;  // of the mix, in its order

struct Arrival {
  Time at;
  JobKindId kind;

  bool operator==(const Arrival&) const = default;
};

class Arrivals {
 public:
  virtual ~Arrivals() = default;
  // The next one, not earlier than the last; nothing: there are no more, now and later.
  virtual std::optional<Arrival> next() = 0;
};

}  // namespace wukong::arrivals

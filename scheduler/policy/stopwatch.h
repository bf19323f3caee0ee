// Adds the simulated time between its making and its end to an activity of the run.
#pragma once

#include "sim/accounting/usage.h"
#include "sim/engine/engine.h"

namespace wukong::scheduler {

class Stopwatch {
 public:
  Stopwatch(const engine::Engine& engine, accounting::Usage& usage, accounting::Activity activity)
      : engine_(engine), usage_(usage), activity_(activity), start_(engine.now()) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { usage_.spend(activity_, engine_.now() - start_); }

 private:
  const engine::Engine& engine_;
  accounting::Usage& usage_;
  accounting::Activity activity_;
  Time start_;
};

}  // namespace wukong::scheduler

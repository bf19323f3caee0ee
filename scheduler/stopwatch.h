// Adds the simulated time between its making and its end to an activity of the run.
#pragma once

#include "sim/engine/engine.h"
#include "sim/platform/usage.h"

namespace wukong::scheduler {

class Stopwatch {
 public:
  Stopwatch(const sim::Engine& engine, sim::Usage& usage, sim::Activity activity)
      : engine_(engine), usage_(usage), activity_(activity), start_(engine.now()) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { usage_.spend(activity_, engine_.now() - start_); }

 private:
  const sim::Engine& engine_;
  sim::Usage& usage_;
  sim::Activity activity_;
  Time start_;
};

}  // namespace wukong::scheduler

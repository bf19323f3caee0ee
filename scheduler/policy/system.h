// A system under study: a scheduler with its options, run on a platform. Adding one takes a .cpp
// file, a line in registry.cpp, a preset in configs/presets/system and a golden trace; see
// docs/adding_a_policy.md.
#pragma once

#include <optional>
#include <string>

#include "sim/base/time.h"
#include "sim/engine/task.h"

namespace wukong::scheduler {

// Why a run did not complete, in one sentence; nothing if it did.
using Failure = std::optional<std::string>;

class System {
 public:
  virtual ~System() = default;
  // The client: submits the DAG and returns when it has the results, or knows that there will be
  // none. What goes on after that (executors that still have to end) is billed, but is not part of
  // the makespan.
  virtual engine::Task<Failure> run() = 0;
  // Functions that it means to keep running side by side, for systems that have such workers.
  virtual int64_t workers() const { return 0; }
  // What the original's own clock would have said of a run that has completed, where that is not
  // the time until the client had its results.
  virtual std::optional<Duration> reported() const { return std::nullopt; }
};

}  // namespace wukong::scheduler

// Dask's work stealing: which tasks move from workers with too much to do to idle ones. A pure
// function of what the scheduler knows; whether a task has started meanwhile, its worker says.
#pragma once

#include <optional>
#include <vector>

#include "scheduler/dask/scheduler/placement.h"
#include "sim/base/ids.h"

namespace wukong::dask_scheduler {

struct StealableTask {
  TaskId task;
  Duration compute;        // expected
  Duration communication;  // expected, where it is now
  Bytes dependencies;      // what a thief would have to fetch
};

struct Victim {
  dask_common::WorkerId worker;
  Duration occupancy;
  std::vector<StealableTask> tasks;  // in the order in which they were assigned
  size_t threads = 1;                // so many tasks it keeps: they run
};

struct Thief {
  dask_common::WorkerId worker;
  Duration occupancy;
};

struct Steal {
  TaskId task;
  dask_common::WorkerId victim;
  dask_common::WorkerId thief;
  bool operator==(const Steal&) const = default;
};

struct StealingRule {
  Bandwidth bandwidth;
  Duration latency;
  Duration shortest;
};

// How dear it is to move the task: (fetch time + latency) / compute time on a scale of powers of
// two; 0 if it has no dependencies. Nothing: it stays where it is.
std::optional<int> steal_level(const StealableTask& task, const StealingRule& rule);

// Cheap tasks first, the most occupied victims first, thieves in turn. A task moves if the thief
// will have done it before half of it would be done on the victim, after all that is there.
std::vector<Steal> plan_steals(std::vector<Victim> victims, std::vector<Thief> thieves,
                               const StealingRule& rule);

}  // namespace wukong::dask_scheduler

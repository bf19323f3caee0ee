// What a Dask worker does about its memory while it lives: it writes what was used longest ago to
// disk, and starts no task where that does not help. The nanny does the rest.
#pragma once

#include "scheduler/dask/worker/life.h"
#include "scheduler/dask/worker/memory.h"
#include "scheduler/dask/worker/nanny.h"
#include "scheduler/dask/worker/site.h"
#include "sim/base/inline_function.h"

namespace wukong::dask_worker {

class DaskSpilling {
 public:
  // `looked`: the monitor has looked at the memory, after which tasks may start.
  DaskSpilling(const DaskSite& site, DaskLife& life, DaskMemory& memory, DaskNanny& nanny,
               InlineFunction<void()> looked);

  // To be called when memory has grown. The monitor and the nanny look at fixed intervals; they are
  // processes here only while there is something to see.
  void grown();
  // Spills down to the target for objects, which blocks the event loop.
  engine::Task<> make_room() { return spill(memory_.spill_target()); }
  // Brings an object back from the disk, if it is there, for a task; or reads it to send it, and
  // leaves it where it is.
  engine::Task<> load(ObjectId object);
  engine::Task<> read(ObjectId object);
  bool paused() const { return paused_; }
  // The worker has died.
  void clear() { paused_ = monitored_ = false; }

 private:
  engine::Task<> monitor();
  engine::Task<> spill(Bytes goal);
  engine::Task<> use_disk(Bytes amount, bool cached);

  const DaskSite& site_;
  DaskLife& life_;
  DaskMemory& memory_;
  DaskNanny& nanny_;
  InlineFunction<void()> looked_;
  engine::Semaphore spills_;  // one object at a time
  bool paused_ = false;
  bool monitored_ = false;
};

}  // namespace wukong::dask_worker

// A Dask worker's nanny: looks at its memory, kills it when it has too much, and starts it again,
// empty. It is a process of its own, so it outlives the worker.
#pragma once

#include <optional>

#include "scheduler/dask/worker/life.h"
#include "scheduler/dask/worker/memory.h"
#include "scheduler/dask/worker/site.h"
#include "sim/base/inline_function.h"

namespace wukong::dask_worker {

// Why a worker's process ends.
struct DaskDeath {
  enum class Cause : uint8_t { memory, task, fault };
  Cause cause = Cause::memory;
  TaskId task;  // Cause::task: it could not run there
};

class DaskNanny {
 public:
  // `end_process` ends the worker's life and empties it.
  DaskNanny(const DaskSite& site, DaskLife& life, const DaskMemory& memory,
            InlineFunction<void(const DaskDeath&)> end_process);

  // To be called when memory has grown: the nanny looks at fixed intervals, and is a process here
  // only while there is something to see.
  void look();
  // A task does not fit at all: at its next look, the nanny finds the worker gone.
  void doom(TaskId task) { doomed_by_ = task; }
  // A fault: the worker is gone at once.
  void kill();
  // For good.
  void stop() { group_.reset(); }

 private:
  bool must_end() const { return memory_.above_terminate() || doomed_by_.valid(); }
  engine::Task<> watch();
  engine::Task<> restart();

  const DaskSite& site_;
  DaskLife& life_;
  const DaskMemory& memory_;
  InlineFunction<void(const DaskDeath&)> end_process_;
  bool watches_ = false;
  TaskId doomed_by_ = TaskId::none();
  std::optional<engine::TaskGroup> group_;
};

}  // namespace wukong::dask_worker

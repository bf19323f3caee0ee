// The tasks of a Dask worker: which it was given, which of them have their inputs, and the few that
// its threads run, in the order of their ranks.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "scheduler/dask/worker/life.h"
#include "scheduler/dask/worker/memory.h"
#include "scheduler/dask/worker/nanny.h"
#include "scheduler/dask/worker/site.h"
#include "scheduler/dask/worker/spilling.h"

namespace wukong::dask_worker {

class DaskExecution {
 public:
  DaskExecution(const DaskSite& site, DaskLife& life, DaskMemory& memory, DaskSpilling& spilling,
                DaskNanny& nanny)
      : site_(site), life_(life), memory_(memory), spilling_(spilling), nanny_(nanny) {}

  bool has(TaskId task) const { return tasks_.contains(task); }
  // A task of which so many inputs are not here. REQUIRES: !has(task).
  void add(TaskId task, uint32_t missing);
  // One of them is here now.
  void input_arrived(TaskId task);
  // False if the task runs already, or has ended.
  bool give_up(TaskId task);
  void start_tasks();
  std::vector<TaskId> running() const;
  // The worker has died.
  void clear();

 private:
  enum class State : uint8_t { waiting, ready, running };
  struct Assigned {
    State state = State::waiting;
    uint32_t missing = 0;  // inputs that are not here
  };

  void make_ready(TaskId task);
  engine::Task<> run(TaskId task);
  void finish(TaskId task, Duration duration);

  const DaskSite& site_;
  DaskLife& life_;
  DaskMemory& memory_;
  DaskSpilling& spilling_;
  DaskNanny& nanny_;
  std::map<TaskId, Assigned> tasks_;
  std::set<std::pair<uint32_t, TaskId>> ready_;  // by rank
  int64_t running_ = 0;
};

}  // namespace wukong::dask_worker

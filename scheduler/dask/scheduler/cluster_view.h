// What Dask's scheduler knows of the workers: what each has to do, how long that will take, and who
// is idle. The sets are kept up to date by change, so that nothing looks at every worker for every
// task.
#pragma once

#include <span>
#include <vector>

#include "scheduler/dask/scheduler/placement.h"
#include "sim/base/ids.h"

namespace wukong::dask_scheduler {

class DaskClusterView {
 public:
  DaskClusterView(size_t workers, int64_t threads, size_t tasks);

  // The worker is expected to work on the task for `expected`.
  void assign(TaskId task, dask_common::WorkerId worker, Duration expected);
  // REQUIRES: the task is assigned to the worker.
  void unassign(TaskId task, dask_common::WorkerId worker);
  void lost(dask_common::WorkerId worker);
  void back(dask_common::WorkerId worker);
  void stores(dask_common::WorkerId worker, Bytes more) { views_[worker.index()].stored += more; }
  void frees(dask_common::WorkerId worker, Bytes less) { views_[worker.index()].stored -= less; }

  bool up(dask_common::WorkerId worker) const { return views_[worker.index()].up; }
  Bytes stored(dask_common::WorkerId worker) const { return views_[worker.index()].stored; }
  Duration occupancy(dask_common::WorkerId worker) const { return occupancy_[worker.index()]; }
  std::span<const Duration> occupancies() const { return occupancy_; }
  const std::vector<TaskId>& processing(dask_common::WorkerId worker) const {
    return views_[worker.index()].processing;
  }
  const std::vector<dask_common::WorkerId>& running() const {
    return running_;
  }  // those that are up, by id
  const std::vector<dask_common::WorkerId>& idle() const { return idle_; }  // by id
  // Where a task without inputs may go: the idle ones, else any. REQUIRES: some worker is up.
  std::span<const dask_common::WorkerId> takers() const { return idle_.empty() ? running_ : idle_; }
  int64_t threads() const { return threads_; }

  // Workers that others may steal from; if none is saturated, the ten most occupied ones.
  std::vector<dask_common::WorkerId> victims() const;

 private:
  struct View {
    std::vector<TaskId> processing;
    Bytes stored;
    bool up = true;
  };
  struct Assignment {
    Duration expected;
    uint32_t position = 0;  // in the worker's `processing`
  };

  void add_occupancy(dask_common::WorkerId worker, Duration change);
  // Expected time per thread of the whole cluster.
  double mean_occupancy() const;
  bool is_saturated(dask_common::WorkerId worker) const;

  int64_t threads_;  // of one worker
  std::vector<View> views_;
  std::vector<Duration> occupancy_;
  std::vector<Assignment> assignments_;  // by task
  std::vector<dask_common::WorkerId> idle_;
  std::vector<dask_common::WorkerId> running_;
  Duration total_occupancy_;
};

}  // namespace wukong::dask_scheduler

// The dependency counters in the metadata store, one for each fan-in (SoCC'20 3.3): an integer, or
// a bit for each predecessor. Bits make an arrival idempotent, which matters where executors are
// retried.
#pragma once

#include <optional>

#include "scheduler/edge_positions.h"
#include "sim/engine/task.h"
#include "sim/platform/metadata_store.h"
#include "workloads/dag.h"

namespace wukong::scheduler {

class FanInCounters {
 public:
  FanInCounters(sim::MetadataStore& metadata, const workloads::Dag& dag, bool bits);

  bool is_fan_in(TaskId task) const { return dag_.predecessors(task).size() > 1; }
  // Adds `task` to those that have arrived at `target`; how many have.
  sim::Task<sim::CounterReply> arrive(const sim::Host& host, TaskId task, TaskId target) const;
  // How many have arrived there besides `task`. Executors that are retried may have arrived before;
  // only bits tell that.
  sim::Task<sim::CounterReply> others_arrived(const sim::Host& host, TaskId task,
                                              TaskId target) const;

 private:
  sim::MetadataStore& metadata_;
  const workloads::Dag& dag_;
  std::optional<EdgePositions> bits_;  // of each task in its targets' counters
};

}  // namespace wukong::scheduler

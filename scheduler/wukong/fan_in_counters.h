// The dependency counters in the metadata store, one for each task (SoCC'20 3.3): an integer, or
// a bit for each predecessor. Bits make an arrival idempotent, which matters where executors are
// retried.
#pragma once

#include <optional>

#include "scheduler/policy/edge_positions.h"
#include "sim/engine/task.h"
#include "sim/storage/metadata_store.h"
#include "workloads/dag/dag.h"

namespace wukong::wukong_policy {

class FanInCounters {
 public:
  FanInCounters(storage::MetadataStore& metadata, const dag::Dag& dag, bool bits);

  // Adds `task` to those that have arrived at `target`; how many have.
  engine::Task<storage::CounterReply> arrive(const hosts::Host& host, TaskId task,
                                             TaskId target) const;
  // How many have arrived there besides `task`. Executors that are retried may have arrived before;
  // only bits tell that.
  engine::Task<storage::CounterReply> others_arrived(const hosts::Host& host, TaskId task,
                                                     TaskId target) const;

 private:
  storage::MetadataStore& metadata_;
  const dag::Dag& dag_;
  std::optional<scheduler::EdgePositions> bits_;  // of each task in its targets' counters
};

}  // namespace wukong::wukong_policy

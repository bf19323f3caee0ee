// What all parts of a Dask worker know of it: where it is, and whom it tells. Nothing of it changes
// in a run.
#pragma once

#include "scheduler/dask/messages.h"
#include "scheduler/dask/process.h"
#include "scheduler/dask/worker/cluster.h"

namespace wukong::scheduler {

using SchedulerStream = BatchedStream<SchedulerMessage, SchedulerInbox>;

struct DaskSite {
  DaskCluster& cluster;
  sim::Engine& engine;
  WorkerId id;
  const sim::Machine& machine;
  sim::LinkId disk;      // of the machine
  DaskProcess& process;  // whose links are the event loop's
  SchedulerStream& outbound;

  const sim::Host& host() const { return process.host(); }
  const DaskOptions& options() const { return cluster.options; }
  const workloads::Dag& dag() const { return cluster.dag; }
  // A worker's part of what its machine has.
  Bytes share_of(Bytes machine_bytes) const {
    return machine_bytes / options().workers.workers_per_machine;
  }
};

}  // namespace wukong::scheduler

// What all parts of a Dask worker know of it: where it is, and whom it tells. Nothing of it changes
// in a run.
#pragma once

#include "scheduler/dask/common/messages.h"
#include "scheduler/dask/common/process.h"
#include "scheduler/dask/worker/cluster.h"

namespace wukong::scheduler {

using SchedulerStream = BatchedStream<SchedulerMessage, SchedulerInbox>;

struct DaskSite {
  DaskCluster& cluster;
  sim::Engine& engine;
  WorkerId id;
  const sim::Machine& machine;
  sim::Disk disk;                // of the machine
  sim::CopyingThread receiving;  // its event loop, as it copies what arrives
  sim::CopyingThread sending;    // and as it copies what goes out
  DaskProcess& process;
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

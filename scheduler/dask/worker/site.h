// What all parts of a Dask worker know of it: where it is, and whom it tells. Nothing of it changes
// in a run.
#pragma once

#include "scheduler/dask/common/messages.h"
#include "scheduler/dask/common/process.h"
#include "scheduler/dask/worker/cluster.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::dask_worker {

using SchedulerStream =
    dask_common::BatchedStream<dask_common::SchedulerMessage, dask_common::SchedulerInbox>;

struct DaskSite {
  DaskCluster& cluster;
  engine::Engine& engine;
  dask_common::WorkerId id;
  const hosts::Machine& machine;
  network::Disk disk;                // of the machine
  network::CopyingThread receiving;  // its event loop, as it copies what arrives
  network::CopyingThread sending;    // and as it copies what goes out
  dask_common::DaskProcess& process;
  SchedulerStream& outbound;

  const hosts::Host& host() const { return process.host(); }
  const dask_common::DaskOptions& options() const { return cluster.options; }
  const dag::Dag& dag() const { return cluster.dag; }
  // A worker's part of what its machine has.
  Bytes share_of(Bytes machine_bytes) const {
    return machine_bytes / options().workers.workers_per_machine;
  }
};

}  // namespace wukong::dask_worker

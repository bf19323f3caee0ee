// What the scheduler and all workers of a Dask cluster share. Made and owned by the system.
#pragma once

#include <deque>
#include <vector>

#include "scheduler/dask/common/messages.h"
#include "scheduler/dask/common/options.h"
#include "sim/engine/sync.h"
#include "sim/network/byte_device.h"

namespace wukong::hosts {
struct Machine;
}  // namespace wukong::hosts

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::dask_worker {

class DaskWorker;

struct DaskCluster {
  DaskCluster(platform::Platform& run_platform, const dag::Dag& run_dag,
              const dask_common::DaskOptions& run_options);
  ~DaskCluster();

  // Dask takes workers in the order of their addresses. Workers with two cores and 3 GB each are
  // taken for containers with addresses of their own, so neighbours are on different machines.
  size_t machine_of(dask_common::WorkerId worker) const {
    return worker.index() % static_cast<size_t>(options.workers.machines);
  }

  platform::Platform& platform;
  const dag::Dag& dag;
  const dask_common::DaskOptions& options;
  hosts::Machine& scheduler_machine;
  std::vector<uint32_t> ranks;  // of tasks: lower ones first
  dask_common::SchedulerInbox inbox;
  engine::Semaphore scheduler_loop;             // its event loop, for messages that carry objects,
  network::CopyingThread scheduler_forwarding;  // and for their bytes
  LinkId client;                                // the network of the client's machine
  std::deque<DaskWorker> workers;               // by id
};

}  // namespace wukong::dask_worker

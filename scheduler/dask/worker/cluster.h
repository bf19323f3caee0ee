// What the scheduler and all workers of a Dask cluster share. Made and owned by the system.
#pragma once

#include <deque>
#include <vector>

#include "scheduler/dask/common/messages.h"
#include "scheduler/dask/common/options.h"
#include "sim/engine/sync.h"
#include "sim/platform/platform.h"

namespace wukong::scheduler {

class DaskWorker;

struct DaskCluster {
  DaskCluster(sim::Platform& run_platform, const workloads::Dag& run_dag,
              const DaskOptions& run_options);
  ~DaskCluster();

  // Dask takes workers in the order of their addresses. Workers with two cores and 3 GB each are
  // taken for containers with addresses of their own, so neighbours are on different machines.
  size_t machine_of(WorkerId worker) const {
    return worker.index() % static_cast<size_t>(options.workers.machines);
  }

  sim::Platform& platform;
  const workloads::Dag& dag;
  const DaskOptions& options;
  sim::Machine& scheduler_machine;
  std::vector<uint32_t> ranks;  // of tasks: lower ones first
  SchedulerInbox inbox;
  sim::Semaphore scheduler_loop;            // its event loop, for messages that carry objects,
  sim::CopyingThread scheduler_forwarding;  // and for their bytes
  sim::LinkId client;                       // the network of the client's machine
  std::deque<DaskWorker> workers;           // by id
};

}  // namespace wukong::scheduler

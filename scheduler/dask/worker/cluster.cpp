#include "scheduler/dask/worker/cluster.h"

#include "scheduler/dask/common/order.h"
#include "scheduler/dask/worker/worker.h"
#include "sim/hosts/machine.h"
#include "sim/network/network.h"
#include "sim/platform/platform.h"

namespace wukong::dask_worker {

DaskCluster::DaskCluster(platform::Platform& run_platform, const dag::Dag& run_dag,
                         const dask_common::DaskOptions& run_options)
    : platform(run_platform),
      dag(run_dag),
      options(run_options),
      scheduler_machine(run_platform.rent(run_options.scheduler_machine)),
      ranks(dask_common::depth_first_ranks(run_dag)),
      inbox(run_platform.engine()),
      scheduler_loop(run_platform.engine(), 1) {
  platform.name_host(scheduler_machine.host, "scheduler");
  scheduler_forwarding = network::CopyingThread(platform.resources(), options.communication);
  client = platform.borrow(options.client.results.machine).host.inbound;
}

// Workers use each other, so all stop before the first one goes.
DaskCluster::~DaskCluster() {
  for (DaskWorker& worker : workers) worker.stop();
}

}  // namespace wukong::dask_worker

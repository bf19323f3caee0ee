#include "scheduler/dask/worker/worker.h"

#include <string>

#include "scheduler/dask/worker/memory_account.h"
#include "sim/accounting/usage.h"
#include "sim/hosts/values.h"
#include "sim/platform/platform.h"

namespace wukong::dask_worker {

DaskWorker::DaskWorker(DaskCluster& cluster, dask_common::WorkerId id,
                       const hosts::Machine& machine, network::Disk disk)
    : cluster_(cluster),
      process_(cluster.platform, cluster.dag, machine, cluster.options.memory.limit,
               cluster.options.process),
      inbound_(cluster.platform.engine(), cluster.options.scheduler_batch,
               cluster.options.message_latency, *this),
      outbound_(cluster.platform.engine(), cluster.options.worker_batch,
                cluster.options.message_latency, cluster.inbox),
      site_{.cluster = cluster,
            .engine = cluster.platform.engine(),
            .id = id,
            .machine = machine,
            .disk = disk,
            .receiving =
                network::CopyingThread(cluster.platform.resources(), cluster.options.communication),
            .sending =
                network::CopyingThread(cluster.platform.resources(), cluster.options.communication),
            .process = process_,
            .outbound = outbound_},
      life_(site_.engine),
      memory_(cluster.options.memory, site_.share_of(cluster.options.disk_cache_size)),
      nanny_(site_, life_, memory_, [this](const DaskDeath& death) { die(death); }),
      spilling_(site_, life_, memory_, nanny_, [this] { execution_.start_tasks(); }),
      execution_(site_, life_, memory_, spilling_, nanny_),
      fetching_(site_, life_, memory_, spilling_,
                [this](TaskId task) { execution_.input_arrived(task); }),
      serving_(site_, life_, memory_, spilling_) {
  cluster.platform.name_host(site_.host(), "worker " + std::to_string(id.value()));
  cluster.platform.add_mortal(site_.host(), [this] { nanny_.kill(); });
}

void DaskWorker::receive(dask_common::WorkerMessage message) {
  if (!life_.up()) return;
  std::visit([this](const auto& content) { handle(content); }, message);
}

void DaskWorker::preload(ObjectId object) {
  memory_.preload(object, cluster_.dag.size(object).actual);
  cluster_.platform.values().preload(site_.host(), object);
}

void DaskWorker::stop() {
  inbound_.clear();
  outbound_.clear();
  nanny_.stop();
  life_.stop();
}

void DaskWorker::handle(const dask_common::ComputeTask& message) {
  if (execution_.has(message.task)) return;  // it was cancelled too late, and runs still
  uint32_t missing = 0;
  for (const dask_common::DaskSource& source : message.sources) {
    if (memory_.holds(source.object)) continue;
    ++missing;
    fetching_.want(message.task, source);
  }
  execution_.add(message.task, missing);
  if (missing > 0) fetching_.request_more();
}

void DaskWorker::handle(const dask_common::CancelTask& message) { give_up(message.task); }

void DaskWorker::handle(const dask_common::StealTask& message) {
  const bool given_up = give_up(message.task);
  outbound_.send(dask_common::StealReply{site_.id, message.task, given_up});
}

void DaskWorker::handle(const dask_common::FreeObject& message) {
  if (memory_.holds(message.object)) cluster_.platform.values().drop(site_.host(), message.object);
  memory_.remove(message.object);
}

// False if the task runs already, or has ended.
bool DaskWorker::give_up(TaskId task) {
  if (!execution_.give_up(task)) return false;
  fetching_.forget(task);
  return true;
}

std::string DaskWorker::last_words(const DaskDeath& death) const {
  switch (death.cause) {
    case DaskDeath::Cause::fault:
      return "was killed";
    case DaskDeath::Cause::task:
      return describe_misfit(cluster_.options.memory, cluster_.dag, death.task);
    case DaskDeath::Cause::memory:
      break;
  }
  return describe_memory(memory_, cluster_.options.memory, cluster_.dag, execution_.running());
}

// By its nanny's hand.
void DaskWorker::die(const DaskDeath& death) {
  dask_common::WorkerLost lost{site_.id, last_words(death)};
  life_.end();
  ++cluster_.platform.usage().worker_deaths;
  inbound_.clear();
  outbound_.clear();
  memory_.clear();
  cluster_.platform.values().clear(site_.host(), hosts::HostFate::vacated);
  execution_.clear();
  fetching_.clear();
  serving_.clear();
  spilling_.clear();
  cluster_.inbox.receive(std::move(lost));
}

}  // namespace wukong::dask_worker

// A Dask worker: a process with a few threads and an event loop. It fetches the inputs of its tasks
// from its peers, runs the tasks in the order of their ranks, keeps what they make, and tells the
// scheduler. Its memory is limited: it spills, pauses, and is killed by its nanny, which starts it
// again, empty. Each of these is a part of its own; this is what connects them.
#pragma once

#include "scheduler/dask/worker/execution.h"
#include "scheduler/dask/worker/fetching.h"
#include "scheduler/dask/worker/life.h"
#include "scheduler/dask/worker/memory.h"
#include "scheduler/dask/worker/nanny.h"
#include "scheduler/dask/worker/serving.h"
#include "scheduler/dask/worker/site.h"
#include "scheduler/dask/worker/spilling.h"

namespace wukong::dask_worker {

class DaskWorker {
 public:
  // On a machine with its network and its disk, which it shares with the other workers there.
  DaskWorker(DaskCluster& cluster, dask_common::WorkerId id, const hosts::Machine& machine,
             network::Disk disk);
  DaskWorker(const DaskWorker&) = delete;  // its parts know each other
  DaskWorker& operator=(const DaskWorker&) = delete;

  // Sends a message of the scheduler to this worker.
  void tell(dask_common::WorkerMessage message) { inbound_.send(std::move(message)); }
  // It arrives.
  void receive(dask_common::WorkerMessage message);
  // The object is here before the run.
  void preload(ObjectId object);
  // What it does for its peers and for the client.
  DaskServing& serving() { return serving_; }
  // Ends whatever it does, for good.
  void stop();

 private:
  void handle(const dask_common::ComputeTask& message);
  void handle(const dask_common::CancelTask& message);
  void handle(const dask_common::StealTask& message);
  void handle(const dask_common::FreeObject& message);
  void handle(const dask_common::FetchFrom& message) { fetching_.found(message.source); }
  bool give_up(TaskId task);
  std::string last_words(const DaskDeath& death) const;
  void die(const DaskDeath& death);

  DaskCluster& cluster_;
  dask_common::DaskProcess process_;
  dask_common::BatchedStream<dask_common::WorkerMessage, DaskWorker> inbound_;
  SchedulerStream outbound_;
  DaskSite site_;
  DaskLife life_;
  DaskMemory memory_;
  DaskNanny nanny_;
  DaskSpilling spilling_;
  DaskExecution execution_;
  DaskFetching fetching_;
  DaskServing serving_;
};

}  // namespace wukong::dask_worker

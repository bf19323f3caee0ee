// What the parts of numpywren share of a worker.
#pragma once

#include <vector>

#include "scheduler/numpywren/numpywren.h"
#include "sim/engine/sync.h"

namespace wukong::scheduler {

// One worker: a PyWren call that runs an event loop with `pipeline_width` slots over three stages.
struct Numpywren::Worker {
  Worker(sim::Engine& engine, const sim::Host& where, sim::StoreServers& of_store)
      : host(where),
        servers(of_store),
        started(engine.now()),
        last_task(engine.now()),
        reading(engine, 1),
        computing(engine, 1),
        writing(engine, 1) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    for (const Pool& pool : pools) servers.disconnect(pool.to, pool.connections);
  }

  struct Pool {
    ObjectId to;
    int64_t connections;
  };

  const sim::Host& host;
  sim::StoreServers& servers;
  std::vector<Pool> pools;  // the code never closes one; they end with the worker
  Time started;
  Time last_task;  // when it last had work
  sim::Semaphore reading;
  sim::Semaphore computing;  // one thread
  sim::Semaphore writing;
  bool failed = false;
};

}  // namespace wukong::scheduler

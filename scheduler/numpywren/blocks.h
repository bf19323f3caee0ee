// How a numpywren worker reads and writes blocks, which are the DAG's objects.
#pragma once

#include <vector>

#include "scheduler/numpywren/control.h"

namespace wukong::scheduler {

class NumpywrenBlocks {
 public:
  NumpywrenBlocks(sim::Platform& platform, const workloads::Dag& dag,
                  const NumpywrenOptions& options, sim::ObjectStore& store,
                  NumpywrenControl& control, const sim::Host& host)
      : platform_(platform),
        engine_(platform.engine()),
        dag_(dag),
        options_(options),
        store_(store),
        servers_(platform.servers_of(store)),
        control_(control),
        host_(host) {}
  NumpywrenBlocks(const NumpywrenBlocks&) = delete;
  NumpywrenBlocks& operator=(const NumpywrenBlocks&) = delete;
  ~NumpywrenBlocks();

  // What a worker keeps open from its start. False if the server has turned it away too often.
  sim::Task<bool> connect();
  // One input after another: is it there, then get it. What is not there is zeros, but counts as
  // read. False if the store does not answer.
  sim::Task<bool> read_inputs(TaskId task);
  // False if the store does not take them.
  sim::Task<bool> write_outputs(TaskId task);

 private:
  struct Pool {
    ObjectId to;
    int64_t connections;
  };

  sim::Task<bool> try_to_connect();
  sim::Task<sim::StoreStatus> read_block(ObjectId object);
  sim::Task<sim::StoreStatus> write_block(ObjectId object);
  sim::Task<bool> open_client(ObjectId object);

  sim::Platform& platform_;
  sim::Engine& engine_;
  const workloads::Dag& dag_;
  const NumpywrenOptions& options_;
  sim::ObjectStore& store_;
  sim::StoreServers& servers_;
  NumpywrenControl& control_;
  const sim::Host& host_;
  std::vector<Pool> pools_;  // the code never closes one; they end with the worker
};

}  // namespace wukong::scheduler

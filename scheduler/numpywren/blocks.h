// How a numpywren worker reads and writes blocks, which are the DAG's objects.
#pragma once

#include <vector>

#include "scheduler/numpywren/control.h"
#include "scheduler/policy/system.h"
#include "sim/platform/platform.h"
#include "sim/storage/object_store.h"

namespace wukong::storage {
class StoreServers;
}  // namespace wukong::storage

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::numpywren {

class NumpywrenBlocks {
 public:
  NumpywrenBlocks(platform::Platform& platform, const dag::Dag& dag,
                  const NumpywrenOptions& options, storage::ObjectStore& store,
                  NumpywrenControl& control, const hosts::Host& host)
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
  engine::Task<bool> connect();
  // One input after another: is it there, then get it. What is not there is zeros, but counts as
  // read. False if the store does not answer.
  engine::Task<bool> read_inputs(TaskId task);
  // False if the store does not take them.
  engine::Task<bool> write_outputs(TaskId task);

 private:
  struct Pool {
    ObjectId to;
    int64_t connections;
  };

  engine::Task<bool> try_to_connect();
  bool open_pool(ObjectId object, int64_t connections);
  engine::Task<storage::StoreStatus> read_block(ObjectId object);
  engine::Task<storage::StoreStatus> write_block(ObjectId object);
  engine::Task<bool> open_client(ObjectId object);

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const NumpywrenOptions& options_;
  storage::ObjectStore& store_;
  storage::StoreServers& servers_;
  NumpywrenControl& control_;
  const hosts::Host& host_;
  std::vector<Pool> pools_;  // the code never closes one; they end with the worker
};

}  // namespace wukong::numpywren

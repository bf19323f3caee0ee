// How a numpywren worker reads and writes blocks, which are the DAG's objects.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "scheduler/numpywren/control.h"
#include "scheduler/policy/system.h"
#include "sim/engine/sync.h"
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
        host_(host),
        attempts_(engine_) {}
  NumpywrenBlocks(const NumpywrenBlocks&) = delete;
  NumpywrenBlocks& operator=(const NumpywrenBlocks&) = delete;
  ~NumpywrenBlocks();

  // What a worker keeps open from its start. False if the server turns it away.
  bool connect();
  // One input after another: is it there, then get it. What is not there is zeros, but counts as
  // read. False if the server turns the worker away, or does not answer.
  engine::Task<bool> read_inputs(TaskId task);
  // False if the server turns the worker away, or has no memory left, or does not answer.
  engine::Task<bool> write_outputs(TaskId task);

 private:
  struct Pool {
    ObjectId to;
    int64_t connections;
  };
  // A request to the store, with a client of its own.
  enum class Request : uint8_t { exists, get, put };
  enum class Reply : uint8_t { ok, missing, timed_out, refused };
  // One that is under way, which its client may have given up.
  struct Attempt {
    explicit Attempt(engine::Engine& engine) : ended(engine) {}
    engine::Event ended;
    std::optional<Reply> reply;
  };

  engine::Task<Reply> repeated(Request request, ObjectId object);
  engine::Task<Reply> within_limit(Request request, ObjectId object);
  engine::Task<> attempt(Request request, ObjectId object, Attempt& made);
  bool open_pool(ObjectId object, int64_t connections);
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
  std::deque<Attempt> requests_;
  engine::TaskGroup attempts_;  // also those that their clients have given up
};

}  // namespace wukong::numpywren

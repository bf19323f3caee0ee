// Everything that is real in an emulated run: the worker threads, the hosts' memories, and the
// stores. Made for one run; the engine and the clock outlive it, and it outlives the platform.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/containers/container_task_runner.h"
#include "runtime/containers/fiber_pool.h"
#include "runtime/containers/host_memory.h"
#include "runtime/loop/emulation_spec.h"
#include "runtime/loop/measurements.h"
#include "runtime/loop/wall_clock.h"
#include "runtime/redis/redis_server_of_run.h"
#include "runtime/stores/emulated_store.h"
#include "sim/platform/backend.h"

namespace wukong::emulation {

class EmulatedBackend final : public platform::Backend {
 public:
  // Throws Error if a store's address is wrong or nobody answers there. `notify` hears of servers
  // that stop to answer, and outlives the backend and the platform.
  EmulatedBackend(engine::Engine& engine, loop::WallClock& clock, const loop::EmulationSpec& spec,
                  const dag::Dag& dag, const computations::Computation& computation, uint64_t seed,
                  const redis::Notify& notify = {});
  ~EmulatedBackend() override;

  std::unique_ptr<hosts::TaskRunner> task_runner(std::unique_ptr<hosts::TaskRunner> modelled,
                                                 const accounting::Books& books) override;
  storage::StoreParts object_store(storage::StoreParts modelled,
                                   const accounting::Books& books) override;
  std::unique_ptr<storage::MetadataStore> metadata_store(
      std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) override;
  hosts::Values& values() override { return memory_; }

  unsigned workers() const { return tasks_.threads(); }
  const loop::Measurements& measurements() const { return measurements_; }

  // Which servers did not answer for a time, and why; empty: all did.
  std::string outages() const;

  // After the run, while the platform is there: reads the results from where the policy left them
  // (a store, a host's memory) and has them verified. Runs the engine.
  computations::Verification verify();

 private:
  std::unique_ptr<stores::ByteStore> make_bytes();
  redis::RedisServerOfRun of_next_store(const redis::RedisServerOfRun& server) const;
  engine::Task<> read_results(std::map<ObjectId, kernels::Value>& results);

  engine::Engine& engine_;
  loop::WallClock& clock_;
  loop::EmulationSpec spec_;
  const dag::Dag& dag_;
  const computations::Computation& computation_;
  uint64_t seed_;
  loop::Measurements measurements_;
  std::map<ObjectId, kernels::Value> kept_;     // for the verification
  std::vector<redis::RedisServerOfRun> redis_;  // empty: objects are in this process
  int stores_made_ = 0;
  containers::FiberPool tasks_;
  containers::FiberPool copiers_;
  containers::HostMemory memory_;
  std::vector<stores::EmulatedStore*> stores_;  // owned by the platform
};

}  // namespace wukong::emulation

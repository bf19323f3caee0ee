// Everything that is real in an emulated run: the worker threads, the hosts' memories, and the
// stores. Made for one run; the engine and the clock outlive it, and it outlives the platform.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/container_task_runner.h"
#include "runtime/emulated_store.h"
#include "runtime/emulation_spec.h"
#include "runtime/fiber_pool.h"
#include "runtime/host_memory.h"
#include "runtime/measurements.h"
#include "runtime/redis_address.h"
#include "runtime/wall_clock.h"
#include "sim/platform/backend.h"

namespace wukong::runtime {

class EmulatedBackend final : public sim::Backend {
 public:
  // Throws Error if a store's address is wrong or nobody answers there.
  EmulatedBackend(sim::Engine& engine, WallClock& clock, const EmulationSpec& spec,
                  const workloads::Dag& dag, const workloads::Computation& computation,
                  uint64_t seed);
  ~EmulatedBackend() override;

  std::unique_ptr<sim::TaskRunner> task_runner(std::unique_ptr<sim::TaskRunner> modelled,
                                               const sim::Books& books) override;
  sim::StoreParts object_store(sim::StoreParts modelled, const sim::Books& books) override;
  std::unique_ptr<sim::MetadataStore> metadata_store(std::unique_ptr<sim::MetadataStore> modelled,
                                                     const sim::Books& books) override;
  sim::Values& values() override { return memory_; }

  unsigned workers() const { return tasks_.threads(); }
  const Measurements& measurements() const { return measurements_; }

  // After the run, while the platform is there: reads the results from where the policy left them
  // (a store, a host's memory) and has them verified. Runs the engine.
  workloads::Verification verify();

 private:
  std::unique_ptr<ByteStore> make_bytes();
  sim::Task<> read_results(std::map<ObjectId, workloads::Value>& results);

  sim::Engine& engine_;
  WallClock& clock_;
  EmulationSpec spec_;
  const workloads::Dag& dag_;
  const workloads::Computation& computation_;
  uint64_t seed_;
  Measurements measurements_;
  std::map<ObjectId, workloads::Value> kept_;  // for the verification
  std::vector<RedisAddress> redis_;            // empty: objects are in this process
  FiberPool tasks_;
  FiberPool copiers_;
  HostMemory memory_;
  std::vector<EmulatedStore*> stores_;  // owned by the platform
};

}  // namespace wukong::runtime

// A simulation of an emulation, with which `wukong validate` predicts: the same platform, but tasks
// and requests to stores take the times that an emulated run has measured. Tasks share a number of
// cores, first come, first served, and one thread schedules all of them.
#pragma once

#include <chrono>
#include <map>

#include "runtime/emulation_spec.h"
#include "runtime/measurements.h"
#include "sim/engine/sync.h"
#include "sim/platform/backend.h"

namespace wukong::runtime {

class MeasuredBackend final : public sim::Backend {
 public:
  // All outlive it, and it outlives the platform.
  MeasuredBackend(sim::Engine& engine, const EmulationSpec& spec, int64_t cores,
                  const workloads::Dag& dag, const Measurements& measurements)
      : engine_(engine),
        spec_(spec),
        dag_(dag),
        measurements_(measurements),
        cores_(engine, cores),
        loop_(engine, 1),
        copier_(engine, 1),
        reads_(measurements.reads),
        writes_(measurements.writes),
        metadata_(measurements.metadata),
        starts_(measurements.starts),
        ends_(measurements.ends),
        copies_(measurements.copies),
        copy_starts_(measurements.copy_starts),
        copy_ends_(measurements.copy_ends),
        lateness_(measurements.lateness) {
    for (const auto& [key, measurement] : measurements.kernels) kernels_.emplace(key, measurement);
  }

  std::unique_ptr<sim::TaskRunner> task_runner(std::unique_ptr<sim::TaskRunner> modelled,
                                               const sim::Books& books) override;
  sim::StoreParts object_store(sim::StoreParts modelled, const sim::Books& books) override;
  std::unique_ptr<sim::MetadataStore> metadata_store(std::unique_ptr<sim::MetadataStore> modelled,
                                                     const sim::Books& books) override;
  sim::Values& values() override { return values_; }

 private:
  // In the engine's time, as it passed for the emulated run.
  Duration in_engine_time(std::chrono::nanoseconds wall) const {
    return Duration::nanoseconds(
        static_cast<int64_t>(static_cast<double>(wall.count()) * spec_.speed));
  }

  // Time that passed on the wall.
  auto pass(std::chrono::nanoseconds wall, const char* reason) {
    return engine_.sleep(in_engine_time(wall), reason);
  }

  class Runner;
  class Store;
  class Metadata;

  sim::Engine& engine_;
  const EmulationSpec& spec_;
  const workloads::Dag& dag_;
  const Measurements& measurements_;
  sim::Semaphore cores_;
  sim::Semaphore loop_;    // one thread does all scheduling
  sim::Semaphore copier_;  // and one copies large objects, in this process
  std::map<KernelKey, Replay> kernels_;
  Replay reads_, writes_, metadata_, starts_, ends_, copies_, copy_starts_, copy_ends_, lateness_;
  sim::NoValues values_;
};

}  // namespace wukong::runtime

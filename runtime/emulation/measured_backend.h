// A simulation of an emulation, with which `wukong validate` predicts: the same platform, but tasks
// and requests to stores take the times that an emulated run has measured. Tasks share a number of
// cores, first come, first served, and one thread schedules all of them.
#pragma once

#include <chrono>
#include <map>

#include "runtime/loop/emulation_spec.h"
#include "runtime/loop/measurements.h"
#include "sim/engine/sync.h"
#include "sim/hosts/values.h"
#include "sim/platform/backend.h"

namespace wukong::emulation {

class MeasuredBackend final : public platform::Backend {
 public:
  // All outlive it, and it outlives the platform.
  MeasuredBackend(engine::Engine& engine, const loop::EmulationSpec& spec, int64_t cores,
                  const dag::Dag& dag, const loop::Measurements& measurements)
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

  std::unique_ptr<hosts::TaskRunner> task_runner(std::unique_ptr<hosts::TaskRunner> modelled,
                                                 const accounting::Books& books) override;
  storage::StoreParts object_store(storage::StoreParts modelled,
                                   const accounting::Books& books) override;
  std::unique_ptr<storage::MetadataStore> metadata_store(
      std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) override;
  hosts::Values& values() override { return values_; }

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

  engine::Engine& engine_;
  const loop::EmulationSpec& spec_;
  const dag::Dag& dag_;
  const loop::Measurements& measurements_;
  engine::Semaphore cores_;
  engine::Semaphore loop_;    // one thread does all scheduling
  engine::Semaphore copier_;  // and one copies large objects, in this process
  std::map<loop::KernelKey, loop::Replay> kernels_;
  loop::Replay reads_, writes_, metadata_, starts_, ends_, copies_, copy_starts_, copy_ends_,
      lateness_;
  hosts::NoValues values_;
};

}  // namespace wukong::emulation

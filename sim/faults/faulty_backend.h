// A backend that puts decorators, which suffer the faults of a plan, around the services that
// another backend makes. Before the run, attach() is to be called with the platform that was made
// with it. Outlives the platform.
#pragma once

#include "sim/faults/fault_injector.h"
#include "sim/platform/backend.h"

namespace wukong::faults {

class FaultyBackend final : public platform::Backend {
 public:
  FaultyBackend(engine::Engine& engine, const FaultSpec& spec, uint64_t seed,
                platform::Backend& services)
      : engine_(engine), services_(services), faults_(engine, spec, seed) {}

  void attach(platform::Platform& platform) { faults_.attach(platform); }
  const FaultPlan& plan() const { return faults_.plan(); }

  std::unique_ptr<hosts::TaskRunner> task_runner(std::unique_ptr<hosts::TaskRunner> modelled,
                                                 const accounting::Books& books) override;
  storage::StoreParts object_store(storage::StoreParts modelled,
                                   const accounting::Books& books) override;
  std::unique_ptr<storage::MetadataStore> metadata_store(
      std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) override;
  std::unique_ptr<storage::MessageQueue> message_queue(
      std::unique_ptr<storage::MessageQueue> modelled) override;
  hosts::Values& values() override { return services_.values(); }

 private:
  engine::Engine& engine_;
  platform::Backend& services_;
  FaultInjector faults_;
};

}  // namespace wukong::faults

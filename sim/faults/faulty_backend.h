// A backend that puts decorators, which suffer the faults of a plan, around the services that
// another backend makes. Before the run, attach() is to be called with the platform that was made
// with it. Outlives the platform.
#pragma once

#include "sim/faults/fault_injector.h"
#include "sim/platform/backend.h"

namespace wukong::sim {

class FaultyBackend final : public Backend {
 public:
  FaultyBackend(Engine& engine, const FaultSpec& spec, uint64_t seed, Backend& services)
      : engine_(engine), services_(services), faults_(engine, spec, seed) {}

  void attach(Platform& platform) { faults_.attach(platform); }
  const FaultPlan& plan() const { return faults_.plan(); }

  std::unique_ptr<TaskRunner> task_runner(std::unique_ptr<TaskRunner> modelled,
                                          const Books& books) override;
  StoreParts object_store(StoreParts modelled, const Books& books) override;
  std::unique_ptr<MetadataStore> metadata_store(std::unique_ptr<MetadataStore> modelled,
                                                const Books& books) override;
  std::unique_ptr<MessageQueue> message_queue(std::unique_ptr<MessageQueue> modelled) override;
  Values& values() override { return services_.values(); }

 private:
  Engine& engine_;
  Backend& services_;
  FaultInjector faults_;
};

}  // namespace wukong::sim

// A backend that tells a Recorder of each call of the services that another backend makes, and of
// its answer. Outlives the platform.
#pragma once

#include "bench/run_record/recorder.h"
#include "sim/platform/backend.h"

namespace wukong::run_record {

class RecordingBackend final : public platform::Backend {
 public:
  RecordingBackend(platform::Backend& services, Recorder& recorder)
      : services_(services), recorder_(recorder) {}

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
  platform::Backend& services_;
  Recorder& recorder_;
  const engine::Engine* engine_ = nullptr;  // of the platform; known once its tasks have a runner
  uint32_t stores_ = 0;
  uint32_t metadata_stores_ = 0;
  uint32_t queues_ = 0;
};

}  // namespace wukong::run_record

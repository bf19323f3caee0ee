#include "sim/platform/backend.h"

#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"
#include "sim/storage/message_queue.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/object_store.h"
#include "sim/storage/store_servers.h"

namespace wukong::platform {

std::unique_ptr<storage::MessageQueue> Backend::message_queue(
    std::unique_ptr<storage::MessageQueue> modelled) {
  return modelled;
}

ModelledBackend::ModelledBackend() : values_(std::make_unique<hosts::NoValues>()) {}
ModelledBackend::~ModelledBackend() = default;

std::unique_ptr<hosts::TaskRunner> ModelledBackend::task_runner(
    std::unique_ptr<hosts::TaskRunner> modelled, const accounting::Books&) {
  return modelled;
}

storage::StoreParts ModelledBackend::object_store(storage::StoreParts modelled,
                                                  const accounting::Books&) {
  return modelled;
}

std::unique_ptr<storage::MetadataStore> ModelledBackend::metadata_store(
    std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books&) {
  return modelled;
}

}  // namespace wukong::platform

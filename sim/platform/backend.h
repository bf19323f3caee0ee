// What a platform's tasks and objects are made of. A simulation has the modelled services alone
// (ModelledBackend); the emulator (runtime/) puts real ones in their place or around them. Outlives
// the platform.
#pragma once

#include <memory>
#include <utility>

#include "sim/accounting/books.h"
#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"
#include "sim/storage/message_queue.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/store_servers.h"

namespace wukong::platform {

class Backend {
 public:
  virtual ~Backend() = default;
  // Each of these is given the modelled service, and gives back what the platform is to use. Both
  // write into the platform's books, `books`.
  virtual std::unique_ptr<hosts::TaskRunner> task_runner(
      std::unique_ptr<hosts::TaskRunner> modelled, const accounting::Books& books) = 0;
  virtual storage::StoreParts object_store(storage::StoreParts modelled,
                                           const accounting::Books& books) = 0;
  virtual std::unique_ptr<storage::MetadataStore> metadata_store(
      std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) = 0;
  virtual std::unique_ptr<storage::MessageQueue> message_queue(
      std::unique_ptr<storage::MessageQueue> modelled) {
    return modelled;
  }
  virtual hosts::Values& values() = 0;
};

class ModelledBackend : public Backend {
 public:
  std::unique_ptr<hosts::TaskRunner> task_runner(std::unique_ptr<hosts::TaskRunner> modelled,
                                                 const accounting::Books&) override {
    return modelled;
  }
  storage::StoreParts object_store(storage::StoreParts modelled,
                                   const accounting::Books&) override {
    return modelled;
  }
  std::unique_ptr<storage::MetadataStore> metadata_store(
      std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books&) override {
    return modelled;
  }
  hosts::Values& values() override { return values_; }

 private:
  hosts::NoValues values_;
};

}  // namespace wukong::platform

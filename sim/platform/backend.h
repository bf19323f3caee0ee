// What a platform's tasks and objects are made of. A simulation has the modelled services alone
// (ModelledBackend); the emulator (runtime/) puts real ones in their place or around them. Outlives
// the platform.
#pragma once

#include <memory>
#include <utility>

#include "sim/platform/books.h"
#include "sim/platform/message_queue.h"
#include "sim/platform/metadata_store.h"
#include "sim/platform/store_servers.h"
#include "sim/platform/task_runner.h"
#include "sim/platform/values.h"

namespace wukong::sim {

class Backend {
 public:
  virtual ~Backend() = default;
  // Each of these is given the modelled service, and gives back what the platform is to use. Both
  // write into the platform's books, `books`.
  virtual std::unique_ptr<TaskRunner> task_runner(std::unique_ptr<TaskRunner> modelled,
                                                  const Books& books) = 0;
  virtual StoreParts object_store(StoreParts modelled, const Books& books) = 0;
  virtual std::unique_ptr<MetadataStore> metadata_store(std::unique_ptr<MetadataStore> modelled,
                                                        const Books& books) = 0;
  virtual std::unique_ptr<MessageQueue> message_queue(std::unique_ptr<MessageQueue> modelled) {
    return modelled;
  }
  virtual Values& values() = 0;
};

class ModelledBackend final : public Backend {
 public:
  std::unique_ptr<TaskRunner> task_runner(std::unique_ptr<TaskRunner> modelled,
                                          const Books&) override {
    return modelled;
  }
  StoreParts object_store(StoreParts modelled, const Books&) override { return modelled; }
  std::unique_ptr<MetadataStore> metadata_store(std::unique_ptr<MetadataStore> modelled,
                                                const Books&) override {
    return modelled;
  }
  Values& values() override { return values_; }

 private:
  NoValues values_;
};

}  // namespace wukong::sim

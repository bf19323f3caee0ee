// What a platform's tasks and objects are made of. A simulation has the modelled services alone
// (ModelledBackend); the emulator (runtime/) puts real ones in their place or around them. Outlives
// the platform.
#pragma once

#include <memory>

namespace wukong::accounting {
struct Books;
}  // namespace wukong::accounting

namespace wukong::hosts {
class TaskRunner;
class Values;
}  // namespace wukong::hosts

namespace wukong::storage {
class MessageQueue;
class MetadataStore;
struct StoreParts;
}  // namespace wukong::storage

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
      std::unique_ptr<storage::MessageQueue> modelled);  // as it is
  virtual hosts::Values& values() = 0;
};

class ModelledBackend : public Backend {
 public:
  ModelledBackend();
  ~ModelledBackend() override;
  std::unique_ptr<hosts::TaskRunner> task_runner(std::unique_ptr<hosts::TaskRunner> modelled,
                                                 const accounting::Books& books) override;
  storage::StoreParts object_store(storage::StoreParts modelled,
                                   const accounting::Books& books) override;
  std::unique_ptr<storage::MetadataStore> metadata_store(
      std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) override;
  hosts::Values& values() override { return *values_; }

 private:
  const std::unique_ptr<hosts::Values> values_;
};

}  // namespace wukong::platform

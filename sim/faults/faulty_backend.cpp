#include "sim/faults/faulty_backend.h"

#include "sim/accounting/books.h"
#include "sim/faults/faulty_metadata.h"
#include "sim/faults/faulty_queue.h"
#include "sim/faults/faulty_store.h"
#include "sim/hosts/task_runner.h"

namespace wukong::faults {
namespace {

// A task's execution is an operation of its function; a worker's machine may die during it.
class FaultyRunner final : public hosts::TaskRunner {
 public:
  FaultyRunner(std::unique_ptr<hosts::TaskRunner> runner, FaultInjector& faults)
      : runner_(std::move(runner)), faults_(faults) {}

  engine::Task<hosts::ExecuteStatus> execute(const hosts::Host& host, TaskId task,
                                             const hosts::TaskCost& cost) override {
    const HostId id = host.id;
    co_await faults_.before_call(id);
    faults_.task_begins(id);
    const hosts::ExecuteStatus status = co_await runner_->execute(host, task, cost);
    co_await faults_.after_call(id);
    co_return status;
  }

 private:
  std::unique_ptr<hosts::TaskRunner> runner_;
  FaultInjector& faults_;
};

}  // namespace

std::unique_ptr<hosts::TaskRunner> FaultyBackend::task_runner(
    std::unique_ptr<hosts::TaskRunner> modelled, const accounting::Books& books) {
  return std::make_unique<FaultyRunner>(services_.task_runner(std::move(modelled), books), faults_);
}

storage::StoreParts FaultyBackend::object_store(storage::StoreParts modelled,
                                                const accounting::Books& books) {
  storage::StoreParts store = services_.object_store(std::move(modelled), books);
  store.objects = std::make_unique<FaultyStore>(std::move(store.objects), *store.servers, engine_,
                                                faults_, books.usage);
  return store;
}

std::unique_ptr<storage::MetadataStore> FaultyBackend::metadata_store(
    std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) {
  return std::make_unique<FaultyMetadata>(services_.metadata_store(std::move(modelled), books),
                                          engine_, faults_);
}

std::unique_ptr<storage::MessageQueue> FaultyBackend::message_queue(
    std::unique_ptr<storage::MessageQueue> modelled) {
  return std::make_unique<FaultyQueue>(services_.message_queue(std::move(modelled)), engine_,
                                       faults_);
}

}  // namespace wukong::faults

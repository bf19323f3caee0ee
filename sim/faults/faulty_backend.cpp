#include "sim/faults/faulty_backend.h"

#include "sim/faults/faulty_metadata.h"
#include "sim/faults/faulty_queue.h"
#include "sim/faults/faulty_store.h"

namespace wukong::sim {
namespace {

// A task's execution is an operation of its function; a worker's machine may die during it.
class FaultyRunner final : public TaskRunner {
 public:
  FaultyRunner(std::unique_ptr<TaskRunner> runner, FaultInjector& faults)
      : runner_(std::move(runner)), faults_(faults) {}

  Task<ExecuteStatus> execute(const Host& host, TaskId task, const TaskCost& cost) override {
    const HostId id = host.id;
    co_await faults_.before_call(id);
    faults_.task_begins(id);
    const ExecuteStatus status = co_await runner_->execute(host, task, cost);
    co_await faults_.after_call(id);
    co_return status;
  }

 private:
  std::unique_ptr<TaskRunner> runner_;
  FaultInjector& faults_;
};

}  // namespace

std::unique_ptr<TaskRunner> FaultyBackend::task_runner(std::unique_ptr<TaskRunner> modelled,
                                                       const Books& books) {
  return std::make_unique<FaultyRunner>(services_.task_runner(std::move(modelled), books), faults_);
}

StoreParts FaultyBackend::object_store(StoreParts modelled, const Books& books) {
  StoreParts store = services_.object_store(std::move(modelled), books);
  store.objects = std::make_unique<FaultyStore>(std::move(store.objects), *store.servers, engine_,
                                                faults_, books.usage);
  return store;
}

std::unique_ptr<MetadataStore> FaultyBackend::metadata_store(
    std::unique_ptr<MetadataStore> modelled, const Books& books) {
  return std::make_unique<FaultyMetadata>(services_.metadata_store(std::move(modelled), books),
                                          engine_, faults_);
}

std::unique_ptr<MessageQueue> FaultyBackend::message_queue(std::unique_ptr<MessageQueue> modelled) {
  return std::make_unique<FaultyQueue>(services_.message_queue(std::move(modelled)), engine_,
                                       faults_);
}

}  // namespace wukong::sim

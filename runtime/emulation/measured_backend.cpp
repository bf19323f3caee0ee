#include "runtime/emulation/measured_backend.h"

#include <utility>

#include "runtime/stores/in_process_bytes.h"
#include "runtime/stores/in_process_metadata.h"
#include "runtime/stores/untimed_store.h"
#include "sim/accounting/task_execution.h"
#include "sim/hosts/compute.h"
#include "sim/hosts/host.h"
#include "sim/hosts/interpreter.h"
#include "sim/hosts/task_runner.h"
#include "sim/storage/object_table.h"

namespace wukong::emulation {

using engine::Task;
using hosts::ExecuteStatus;
using storage::StoreStatus;

class MeasuredBackend::Runner final : public hosts::TaskRunner {
 public:
  Runner(MeasuredBackend& backend, const accounting::Books& books)
      : backend_(backend), books_(books), done_(books.usage) {}

  Task<ExecuteStatus> execute(const hosts::Host& host, TaskId task,
                              const hosts::TaskCost& cost) override {
    engine::Engine& engine = backend_.engine_;
    const double vcpus = host.vcpus;
    accounting::TaskExecution execution(books_, host.id, task);
    const auto lock = co_await hosts::hold_interpreter_throughout(host, cost);
    const Duration asleep = time_asleep(host, cost);
    {
      const auto loop = co_await backend_.loop_.acquire("the loop");
      co_await backend_.pass(backend_.measurements_.loop, "the loop's work on a task");
    }
    co_await backend_.pass(backend_.lateness_.next(), "the loop's wake-up");
    if (!backend_.spec_.command) co_await engine.sleep(asleep, "a task's sleep");
    const std::chrono::nanoseconds computing = time_of(task);
    {
      const bool free = backend_.cores_.available() > 0;
      const auto core = co_await backend_.cores_.acquire("a core");
      const auto dispatch = free ? backend_.starts_.next() : std::chrono::nanoseconds(0);
      co_await backend_.pass(dispatch + computing, "the end of a task");
    }
    if (vcpus < 1) {
      const Duration share = scaled(backend_.in_engine_time(computing), 1 / vcpus - 1);
      co_await engine.sleep(share, "its share of a core");
    }
    co_await backend_.pass(backend_.ends_.next(), "the loop");
    execution.stops();
    execution.succeeds(done_);
    co_return ExecuteStatus::done;
  }

 private:
  // Busy time is in the kernel's, as measured.
  Duration time_asleep(const hosts::Host& host, const hosts::TaskCost& cost) const {
    if (backend_.spec_.fixed_time == loop::FixedTime::busy) return cost.sleep;
    return hosts::given_time(cost, host.vcpus, host.relative_speed);
  }
  std::chrono::nanoseconds time_of(TaskId task) {
    const loop::KernelKey key(backend_.dag_.kind(task), backend_.dag_.shape(task));
    const auto found = backend_.kernels_.find(key);
    if (found == backend_.kernels_.end()) return std::chrono::nanoseconds(0);
    return found->second.next();
  }

  MeasuredBackend& backend_;
  accounting::Books books_;
  accounting::DoneTasks done_;
};

// Each request is made of another store first, which keeps the books and takes the modelled time,
// if there is any.
class MeasuredBackend::Store final : public storage::ObjectStore {
 public:
  Store(MeasuredBackend& backend, std::unique_ptr<storage::ObjectStore> requests)
      : backend_(backend), requests_(std::move(requests)) {}

  void preload(ObjectId object, ObjectSize size) override {
    requests_->preload(object, real(object, size));
    objects_.insert(object, real(object, size));
  }

  Task<StoreStatus> put(const hosts::Host& from, ObjectId object, ObjectSize declared) override {
    const ObjectSize size = real(object, declared);
    const StoreStatus status = co_await requests_->put(from, object, size);
    if (status != StoreStatus::ok) co_return status;
    co_await spend(backend_.writes_, size.actual);
    objects_.insert(object, size);
    co_return StoreStatus::ok;
  }

  Task<StoreStatus> get(const hosts::Host& to, ObjectId object) override {
    const std::optional<ObjectSize> size = objects_.find(object);
    const StoreStatus status = co_await requests_->get(to, object);
    if (status != StoreStatus::ok) co_return status;
    if (!size) co_return StoreStatus::missing;
    co_await spend(backend_.reads_, size->actual);
    co_return StoreStatus::ok;
  }

  Task<StoreStatus> exists(const hosts::Host& from, ObjectId object) override {
    return requests_->exists(from, object);
  }

  bool holds(ObjectId object) const override { return objects_.holds(object); }

 private:
  // What it was in the emulated run.
  ObjectSize real(ObjectId object, ObjectSize declared) const {
    const auto found = backend_.measurements_.sizes.find(object);
    if (found == backend_.measurements_.sizes.end()) return declared;
    return {found->second, found->second};
  }

  // What an in-process store does at once is in the loop's own time.
  Task<> spend(loop::Replay& requests, Bytes size) {
    const bool in_process = backend_.spec_.store == "in-process";
    if (in_process && size <= stores::InProcessBytes::kCopiedAtOnce) co_return;
    co_await backend_.pass(backend_.lateness_.next(), "the loop's wake-up");
    if (in_process)
      co_await copy(size);
    else
      co_await backend_.pass(requests.next(size), "a store's reply");
  }

  Task<> copy(Bytes size) {
    {
      const bool free = backend_.copier_.available() > 0;
      const auto copier = co_await backend_.copier_.acquire("a copier");
      const auto start = free ? backend_.copy_starts_.next() : std::chrono::nanoseconds(0);
      co_await backend_.pass(start + backend_.copies_.next(size), "a copy");
    }
    co_await backend_.pass(backend_.copy_ends_.next(), "the loop");
  }

  MeasuredBackend& backend_;
  std::unique_ptr<storage::ObjectStore> requests_;
  storage::ObjectTable objects_;  // whose writing has ended
};

// Counters that answer after the measured time; none was measured in this process.
class MeasuredBackend::Metadata final : public storage::MetadataStore {
 public:
  Metadata(MeasuredBackend& backend, const accounting::Books& books)
      : backend_(backend), counters_(books) {}

  Task<storage::CounterReply> count(const hosts::Host& from,
                                    storage::CounterRequest request) override {
    co_await spend();
    co_return co_await counters_.count(from, request);
  }
  Task<bool> request(const hosts::Host& from, int commands, Bytes sent, Bytes received) override {
    co_await spend();
    co_return co_await counters_.request(from, commands, sent, received);
  }
  Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                     Bytes size) override {
    co_await spend();
    co_return co_await counters_.publish(from, channel, message, size);
  }
  engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber, ChannelId channel) override {
    return counters_.subscribe(subscriber, channel);
  }

 private:
  Task<> spend() {
    if (backend_.metadata_.empty()) co_return;
    const auto time = backend_.lateness_.next() + backend_.metadata_.next();
    co_await backend_.pass(time, "the metadata server's reply");
  }

  MeasuredBackend& backend_;
  stores::InProcessMetadata counters_;
};

std::unique_ptr<hosts::TaskRunner> MeasuredBackend::task_runner(std::unique_ptr<hosts::TaskRunner>,
                                                                const accounting::Books& books) {
  return std::make_unique<Runner>(*this, books);
}

storage::StoreParts MeasuredBackend::object_store(storage::StoreParts modelled,
                                                  const accounting::Books& books) {
  storage::StoreParts parts = spec_.network == loop::ModelledNetwork::modelled
                                  ? std::move(modelled)
                                  : stores::without_time(std::move(modelled), books);
  parts.objects = std::make_unique<Store>(*this, std::move(parts.objects));
  return parts;
}

std::unique_ptr<storage::MetadataStore> MeasuredBackend::metadata_store(
    std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) {
  if (spec_.network == loop::ModelledNetwork::modelled) return modelled;
  return std::make_unique<Metadata>(*this, books);
}

}  // namespace wukong::emulation

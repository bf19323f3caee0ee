#include "runtime/measured_backend.h"

#include <utility>

#include "runtime/done_tasks.h"
#include "runtime/in_process_bytes.h"
#include "runtime/in_process_metadata.h"
#include "sim/platform/object_table.h"

namespace wukong::runtime {

using sim::ExecuteStatus;
using sim::StoreStatus;
using sim::Task;

class MeasuredBackend::Runner final : public sim::TaskRunner {
 public:
  Runner(MeasuredBackend& backend, sim::Usage& usage)
      : backend_(backend), usage_(usage), done_(usage) {}

  Task<ExecuteStatus> execute(const sim::Host& host, TaskId task,
                              const sim::TaskCost& cost) override {
    sim::Engine& engine = backend_.engine_;
    const double vcpus = host.vcpus;
    const uint32_t host_id = host.id.value();
    ++usage_.executed;
    engine.record(sim::TraceKind::task_started, host_id, task.value());
    const Time start = engine.now();
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
    usage_.spend(sim::Activity::execute, engine.now() - start);
    engine.record(sim::TraceKind::task_finished, host_id, task.value());
    done_.note(task);
    co_return ExecuteStatus::done;
  }

 private:
  // Busy time is in the kernel's, as measured.
  Duration time_asleep(const sim::Host& host, const sim::TaskCost& cost) const {
    if (backend_.spec_.fixed_time == FixedTime::busy) return cost.sleep;
    return sim::given_time(cost, host.vcpus, host.relative_speed);
  }
  std::chrono::nanoseconds time_of(TaskId task) {
    const KernelKey key(backend_.dag_.kind(task), backend_.dag_.shape(task));
    const auto found = backend_.kernels_.find(key);
    if (found == backend_.kernels_.end()) return std::chrono::nanoseconds(0);
    return found->second.next();
  }

  MeasuredBackend& backend_;
  sim::Usage& usage_;
  DoneTasks done_;
};

class MeasuredBackend::Store final : public sim::ObjectStore {
 public:
  // Without a modelled network its time is not spent, and this counts in its place.
  Store(MeasuredBackend& backend, std::unique_ptr<sim::ObjectStore> model, sim::Usage& usage)
      : backend_(backend),
        model_(std::move(model)),
        modelled_(backend.spec_.network == ModelledNetwork::modelled ? model_.get() : nullptr),
        usage_(usage) {}

  void preload(ObjectId object, sim::ObjectSize size) override {
    if (modelled_) modelled_->preload(object, real(object, size));
    objects_.insert(object, real(object, size));
  }

  Task<StoreStatus> put(const sim::Host& from, ObjectId object, sim::ObjectSize declared) override {
    const sim::ObjectSize size = real(object, declared);
    if (modelled_) {
      const StoreStatus status = co_await modelled_->put(from, object, size);
      if (status != StoreStatus::ok) co_return status;
    } else {
      usage_.count(sim::Operation::object_put);
      usage_.written += size.actual;
      usage_.nominal_written += size.nominal;
    }
    co_await spend(backend_.writes_, size.actual);
    objects_.insert(object, size);
    co_return StoreStatus::ok;
  }

  Task<StoreStatus> get(const sim::Host& to, ObjectId object) override {
    const std::optional<sim::ObjectSize> size = objects_.find(object);
    if (modelled_) {
      const StoreStatus status = co_await modelled_->get(to, object);
      if (status != StoreStatus::ok) co_return status;
    } else {
      usage_.count(sim::Operation::object_get);
      if (size) usage_.read += size->actual;
      if (size) usage_.nominal_read += size->nominal;
    }
    if (!size) co_return StoreStatus::missing;
    co_await spend(backend_.reads_, size->actual);
    co_return StoreStatus::ok;
  }

  Task<StoreStatus> exists(const sim::Host& from, ObjectId object) override {
    if (modelled_) co_return co_await modelled_->exists(from, object);
    usage_.count(sim::Operation::object_head);
    co_return objects_.holds(object) ? StoreStatus::ok : StoreStatus::missing;
  }

  bool holds(ObjectId object) const override { return objects_.holds(object); }
  size_t server_of(ObjectId object) const override { return model_->server_of(object); }
  Task<> handshake(const sim::Host& client, ObjectId object, int64_t round_trips) override {
    if (modelled_) co_await modelled_->handshake(client, object, round_trips);
  }
  bool connect(ObjectId object, int64_t connections) override {
    return model_->connect(object, connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    model_->disconnect(object, connections);
  }

 private:
  // What it was in the emulated run.
  sim::ObjectSize real(ObjectId object, sim::ObjectSize declared) const {
    const auto found = backend_.measurements_.sizes.find(object);
    if (found == backend_.measurements_.sizes.end()) return declared;
    return {found->second, found->second};
  }

  // What an in-process store does at once is in the loop's own time.
  Task<> spend(Replay& requests, Bytes size) {
    const bool in_process = backend_.spec_.store == "in-process";
    if (in_process && size <= InProcessBytes::kCopiedAtOnce) co_return;
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
  std::unique_ptr<sim::ObjectStore> model_;
  sim::ObjectStore* modelled_;  // null: requests take no modelled time
  sim::Usage& usage_;
  sim::ObjectTable objects_;
};

// Counters that answer after the measured time; none was measured in this process.
class MeasuredBackend::Metadata final : public sim::MetadataStore {
 public:
  Metadata(MeasuredBackend& backend, sim::Usage& usage)
      : backend_(backend), counters_(backend.engine_, usage) {}

  Task<sim::CounterReply> increment(const sim::Host& from, sim::CounterId counter) override {
    co_await spend();
    co_return co_await counters_.increment(from, counter);
  }
  Task<sim::CounterReply> set_bit(const sim::Host& from, sim::CounterId counter,
                                  uint32_t bit) override {
    co_await spend();
    co_return co_await counters_.set_bit(from, counter, bit);
  }
  Task<sim::CounterReply> read(const sim::Host& from, sim::CounterId counter) override {
    co_await spend();
    co_return co_await counters_.read(from, counter);
  }
  Task<sim::CounterReply> read_others(const sim::Host& from, sim::CounterId counter,
                                      uint32_t bit) override {
    co_await spend();
    co_return co_await counters_.read_others(from, counter, bit);
  }
  Task<bool> request(const sim::Host& from, int commands, Bytes sent, Bytes received) override {
    co_await spend();
    co_return co_await counters_.request(from, commands, sent, received);
  }
  Task<bool> publish(const sim::Host& from, sim::ChannelId channel, uint64_t message,
                     Bytes size) override {
    co_await spend();
    co_return co_await counters_.publish(from, channel, message, size);
  }
  sim::Channel<uint64_t>& subscribe(const sim::Host& subscriber, sim::ChannelId channel) override {
    return counters_.subscribe(subscriber, channel);
  }

 private:
  Task<> spend() {
    if (backend_.metadata_.empty()) co_return;
    const auto time = backend_.lateness_.next() + backend_.metadata_.next();
    co_await backend_.pass(time, "the metadata server's reply");
  }

  MeasuredBackend& backend_;
  InProcessMetadata counters_;
};

std::unique_ptr<sim::TaskRunner> MeasuredBackend::task_runner(std::unique_ptr<sim::TaskRunner>,
                                                              sim::Usage& usage) {
  return std::make_unique<Runner>(*this, usage);
}

std::unique_ptr<sim::ObjectStore> MeasuredBackend::object_store(
    std::unique_ptr<sim::ObjectStore> modelled, sim::Usage& usage) {
  return std::make_unique<Store>(*this, std::move(modelled), usage);
}

std::unique_ptr<sim::MetadataStore> MeasuredBackend::metadata_store(
    std::unique_ptr<sim::MetadataStore> modelled, sim::Usage& usage) {
  if (spec_.network == ModelledNetwork::modelled) return modelled;
  return std::make_unique<Metadata>(*this, usage);
}

}  // namespace wukong::runtime

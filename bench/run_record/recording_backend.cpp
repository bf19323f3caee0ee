#include "bench/run_record/recording_backend.h"

#include <utility>

#include "sim/accounting/books.h"
#include "sim/hosts/task_runner.h"
#include "sim/storage/store_servers.h"

namespace wukong::run_record {
namespace {

using storage::StoreStatus;

// A service as a recorder knows it.
class Recorded {
 public:
  Recorded(const engine::Engine& engine, Recorder& recorder, Service service, uint32_t number)
      : engine_(engine), recorder_(recorder), service_(service), number_(number) {}

 protected:
  Asked ask(Request request, const hosts::Host& from) const {
    return {.call = 0,
            .process = engine_.current_process(),
            .service = service_,
            .request = request,
            .number = number_,
            .from = {from.id, from.inbound, from.outbound}};
  }
  void begin(Asked& asked) const { asked.call = recorder_.begin_call(engine_.now(), asked); }
  void end(const Asked& asked, Answered answer = {}) const {
    answer.call = asked.call;
    recorder_.end_call(engine_.now(), asked, std::move(answer));
  }

  const engine::Engine& engine_;
  Recorder& recorder_;
  Service service_;
  uint32_t number_;
};

class RecordedTasks final : public hosts::TaskRunner, Recorded {
 public:
  RecordedTasks(std::unique_ptr<hosts::TaskRunner> runner, const engine::Engine& engine,
                Recorder& recorder)
      : Recorded(engine, recorder, Service::tasks, 0), runner_(std::move(runner)) {}

  engine::Task<hosts::ExecuteStatus> execute(const hosts::Host& host, TaskId task,
                                             const hosts::TaskCost& cost) override {
    Asked asked = ask(Request::execute, host);
    if (recorder_.goes_on()) asked.task = recorder_.add_task({host, task, cost});
    begin(asked);
    const hosts::ExecuteStatus status = co_await runner_->execute(host, task, cost);
    const bool done = status == hosts::ExecuteStatus::done;
    end(asked, {.call = 0, .status = done ? StoreStatus::ok : StoreStatus::unavailable});
    co_return status;
  }

 private:
  std::unique_ptr<hosts::TaskRunner> runner_;
};

class RecordedStore final : public storage::ObjectStore, Recorded {
 public:
  RecordedStore(std::unique_ptr<storage::ObjectStore> store, const engine::Engine& engine,
                Recorder& recorder, uint32_t number)
      : Recorded(engine, recorder, Service::objects, number), store_(std::move(store)) {}

  void preload(ObjectId object, ObjectSize size) override {
    store_->preload(object, size);
    recorder_.add(engine_.now(), Preloaded{number_, object, size});
  }
  engine::Task<StoreStatus> put(const hosts::Host& from, ObjectId object,
                                ObjectSize size) override {
    Asked asked = ask(Request::put, from);
    asked.object = object;
    asked.size = size;
    begin(asked);
    const StoreStatus status = co_await store_->put(from, object, size);
    end(asked, {.call = 0, .status = status});
    co_return status;
  }
  engine::Task<StoreStatus> get(const hosts::Host& to, ObjectId object) override {
    Asked asked = ask(Request::get, to);
    asked.object = object;
    begin(asked);
    const StoreStatus status = co_await store_->get(to, object);
    end(asked, {.call = 0, .status = status});
    co_return status;
  }
  engine::Task<StoreStatus> exists(const hosts::Host& from, ObjectId object) override {
    Asked asked = ask(Request::exists, from);
    asked.object = object;
    begin(asked);
    const StoreStatus status = co_await store_->exists(from, object);
    end(asked, {.call = 0, .status = status});
    co_return status;
  }
  bool holds(ObjectId object) const override { return store_->holds(object); }

 private:
  std::unique_ptr<storage::ObjectStore> store_;
};

class RecordedMetadata final : public storage::MetadataStore, Recorded {
 public:
  RecordedMetadata(std::unique_ptr<storage::MetadataStore> store, const engine::Engine& engine,
                   Recorder& recorder, uint32_t number)
      : Recorded(engine, recorder, Service::metadata, number), store_(std::move(store)) {}

  engine::Task<storage::CounterReply> count(const hosts::Host& from,
                                            storage::CounterRequest request) override {
    Asked asked = ask(Request::count, from);
    asked.counter = request;
    begin(asked);
    const storage::CounterReply reply = co_await store_->count(from, request);
    end(asked);
    co_return reply;
  }
  engine::Task<bool> request(const hosts::Host& from, int commands, Bytes sent,
                             Bytes received) override {
    Asked asked = ask(Request::exchange, from);
    asked.commands = commands;
    asked.sent = sent;
    asked.received = received;
    begin(asked);
    const bool done = co_await store_->request(from, commands, sent, received);
    end(asked);
    co_return done;
  }
  engine::Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                             Bytes size) override {
    Asked asked = ask(Request::publish, from);
    asked.channel = channel;
    asked.sent = size;
    begin(asked);
    const bool done = co_await store_->publish(from, channel, message, size);
    end(asked);
    co_return done;
  }
  engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber, ChannelId channel) override {
    const Ends ends{subscriber.id, subscriber.inbound, subscriber.outbound};
    recorder_.add(engine_.now(), Subscribed{number_, ends, channel});
    return store_->subscribe(subscriber, channel);
  }

 private:
  std::unique_ptr<storage::MetadataStore> store_;
};

class RecordedQueue final : public storage::MessageQueue, Recorded {
 public:
  RecordedQueue(std::unique_ptr<storage::MessageQueue> queue, const engine::Engine& engine,
                Recorder& recorder, uint32_t number)
      : Recorded(engine, recorder, Service::queue, number), queue_(std::move(queue)) {}

  engine::Task<> send(const hosts::Host& from, uint64_t body) override {
    Asked asked = ask(Request::send, from);
    begin(asked);
    co_await queue_->send(from, body);
    end(asked);
  }
  engine::Task<std::optional<storage::QueueMessage>> receive(const hosts::Host& to,
                                                             Duration timeout) override {
    Asked asked = ask(Request::receive, to);
    asked.timeout = timeout;
    begin(asked);
    const std::optional<storage::QueueMessage> message = co_await queue_->receive(to, timeout);
    Answered answer;
    answer.message = message;
    end(asked, answer);
    co_return message;
  }
  engine::Task<> remove(const hosts::Host& from, storage::QueueMessage message) override {
    Asked asked = ask(Request::remove, from);
    asked.message = message;
    begin(asked);
    co_await queue_->remove(from, message);
    end(asked);
  }
  engine::Task<> change_visibility(const hosts::Host& from, storage::QueueMessage message,
                                   Duration timeout) override {
    Asked asked = ask(Request::extend, from);
    asked.message = message;
    asked.timeout = timeout;
    begin(asked);
    co_await queue_->change_visibility(from, message, timeout);
    end(asked);
  }
  engine::Task<size_t> visible(const hosts::Host& from) override {
    Asked asked = ask(Request::visible, from);
    begin(asked);
    const size_t count = co_await queue_->visible(from);
    Answered answer;
    answer.visible = count;
    end(asked, answer);
    co_return count;
  }
  size_t kept() const override { return queue_->kept(); }

 private:
  std::unique_ptr<storage::MessageQueue> queue_;
};

}  // namespace

std::unique_ptr<hosts::TaskRunner> RecordingBackend::task_runner(
    std::unique_ptr<hosts::TaskRunner> modelled, const accounting::Books& books) {
  engine_ = &books.engine;
  auto runner = services_.task_runner(std::move(modelled), books);
  return std::make_unique<RecordedTasks>(std::move(runner), books.engine, recorder_);
}

storage::StoreParts RecordingBackend::object_store(storage::StoreParts modelled,
                                                   const accounting::Books& books) {
  storage::StoreParts store = services_.object_store(std::move(modelled), books);
  const bool one_address = dynamic_cast<storage::OneAddress*>(store.servers.get()) != nullptr;
  const StoreMade made{stores_, one_address ? storage::StoreKind::s3 : storage::StoreKind::redis,
                       store.beside};
  recorder_.add(books.engine.now(), made);
  store.objects =
      std::make_unique<RecordedStore>(std::move(store.objects), books.engine, recorder_, stores_++);
  return store;
}

std::unique_ptr<storage::MetadataStore> RecordingBackend::metadata_store(
    std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) {
  auto store = services_.metadata_store(std::move(modelled), books);
  return std::make_unique<RecordedMetadata>(std::move(store), books.engine, recorder_,
                                            metadata_stores_++);
}

std::unique_ptr<storage::MessageQueue> RecordingBackend::message_queue(
    std::unique_ptr<storage::MessageQueue> modelled) {
  ENSURE(engine_ != nullptr);
  auto queue = services_.message_queue(std::move(modelled));
  return std::make_unique<RecordedQueue>(std::move(queue), *engine_, recorder_, queues_++);
}

}  // namespace wukong::run_record

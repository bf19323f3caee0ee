// A metadata store whose requests may be slow, fail or lose their replies, and whose published
// messages may come twice, late or in another order. Decorates any MetadataStore.
#pragma once

#include <deque>
#include <memory>

#include "sim/faults/fault_injector.h"
#include "sim/faults/message_faults.h"
#include "sim/platform/metadata_store.h"

namespace wukong::sim {

class FaultyMetadata final : public MetadataStore {
 public:
  FaultyMetadata(std::unique_ptr<MetadataStore> store, Engine& engine, FaultInjector& faults)
      : store_(std::move(store)), engine_(engine), faults_(faults) {}

  Task<CounterReply> count(const Host& from, CounterRequest request) override;
  Task<bool> request(const Host& from, int commands, Bytes sent, Bytes received) override;
  Task<bool> publish(const Host& from, ChannelId channel, uint64_t message, Bytes size) override;
  Channel<uint64_t>& subscribe(const Host& subscriber, ChannelId channel) override;

 private:
  struct Subscription {
    Subscription(Engine& engine, FaultPlan& plan, Channel<uint64_t>& sent)
        : inner(sent),
          arrived(engine),
          way(engine, plan, [this](const uint64_t& message) { arrived.send(message); }) {}
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

    Channel<uint64_t>& inner;
    Channel<uint64_t> arrived;
    MessageFaults<uint64_t> way;
  };

  // A request under the faults of the plan. `make` returns the Task of the request itself;
  // `failure` is the reply that the client sees if it fails.
  template <class Reply, class Make>
  Task<Reply> attempt(const Host& from, Reply failure, Make make);
  Task<> deliver(Subscription& subscription);

  std::unique_ptr<MetadataStore> store_;
  Engine& engine_;
  FaultInjector& faults_;
  std::deque<Subscription> subscriptions_;
};

}  // namespace wukong::sim

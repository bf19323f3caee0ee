// A metadata store whose requests may be slow, fail or lose their replies, and whose published
// messages may come twice, late or in another order. Decorates any MetadataStore.
#pragma once

#include <deque>
#include <memory>

#include "sim/faults/fault_injector.h"
#include "sim/faults/message_faults.h"
#include "sim/storage/metadata_store.h"

namespace wukong::faults {

class FaultyMetadata final : public storage::MetadataStore {
 public:
  FaultyMetadata(std::unique_ptr<storage::MetadataStore> store, engine::Engine& engine,
                 FaultInjector& faults)
      : store_(std::move(store)), engine_(engine), faults_(faults) {}

  engine::Task<storage::CounterReply> count(const hosts::Host& from,
                                            storage::CounterRequest request) override;
  engine::Task<bool> request(const hosts::Host& from, int commands, Bytes sent,
                             Bytes received) override;
  engine::Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                             Bytes size) override;
  engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber, ChannelId channel) override;

 private:
  struct Subscription {
    Subscription(engine::Engine& engine, FaultPlan& plan, engine::Channel<uint64_t>& sent)
        : inner(sent),
          arrived(engine),
          way(engine, plan, [this](const uint64_t& message) { arrived.send(message); }) {}
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

    engine::Channel<uint64_t>& inner;
    engine::Channel<uint64_t> arrived;
    MessageFaults<uint64_t> way;
  };

  // A request under the faults of the plan. `make` returns the Task of the request itself;
  // `failure` is the reply that the client sees if it fails.
  template <class Reply, class Make>
  engine::Task<Reply> attempt(const hosts::Host& from, Reply failure, Make make);
  engine::Task<> deliver(Subscription& subscription);

  std::unique_ptr<storage::MetadataStore> store_;
  engine::Engine& engine_;
  FaultInjector& faults_;
  std::deque<Subscription> subscriptions_;
};

}  // namespace wukong::faults

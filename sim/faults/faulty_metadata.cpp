#include "sim/faults/faulty_metadata.h"

#include "sim/hosts/host.h"

namespace wukong::faults {

template <class Reply, class Make>
engine::Task<Reply> FaultyMetadata::attempt(const hosts::Host& from, Reply failure, Make make) {
  co_await faults_.before_call(from.id);
  const RequestFault fault = faults_.metadata_request();
  co_await engine_.sleep(fault.delay, "a slow metadata store");
  if (fault.failed) {
    co_await engine_.sleep(RequestFault::kNoAnswer, "a metadata store that does not answer");
    co_return failure;
  }
  const Reply reply = co_await make();
  co_await faults_.after_call(from.id);
  co_return fault.reply_lost ? failure : reply;
}

engine::Task<storage::CounterReply> FaultyMetadata::count(const hosts::Host& from,
                                                          storage::CounterRequest request) {
  return attempt(from, storage::CounterReply(),
                 [this, &from, request] { return store_->count(from, request); });
}

engine::Task<bool> FaultyMetadata::request(const hosts::Host& from, int commands, Bytes sent,
                                           Bytes received) {
  return attempt(from, false, [this, &from, commands, sent, received] {
    return store_->request(from, commands, sent, received);
  });
}

engine::Task<bool> FaultyMetadata::publish(const hosts::Host& from, ChannelId channel,
                                           uint64_t message, Bytes size) {
  return attempt(from, false, [this, &from, channel, message, size] {
    return store_->publish(from, channel, message, size);
  });
}

engine::Channel<uint64_t>& FaultyMetadata::subscribe(const hosts::Host& subscriber,
                                                     ChannelId channel) {
  engine::Channel<uint64_t>& inner = store_->subscribe(subscriber, channel);
  Subscription& subscription = subscriptions_.emplace_back(engine_, faults_.plan(), inner);
  engine_.spawn_daemon(deliver(subscription), "a subscription");
  return subscription.arrived;
}

engine::Task<> FaultyMetadata::deliver(Subscription& subscription) {
  while (true) {
    const uint64_t message = co_await subscription.inner.receive();
    if (subscription.way.doubles()) subscription.arrived.send(message);
    if (subscription.way.keeps(message)) continue;
    subscription.arrived.send(message);
    subscription.way.release();
  }
}

}  // namespace wukong::faults

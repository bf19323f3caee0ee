#include "runtime/stores/in_process_metadata.h"

#include "sim/accounting/service_call.h"
#include "sim/base/check.h"
#include "sim/hosts/host.h"

namespace wukong::stores {

using accounting::Operation;
using accounting::ServiceCall;
using engine::Task;
using storage::CounterAction;
using storage::CounterReply;

void InProcessMetadata::Counter::set(uint32_t bit) {
  if (has(bit)) return;
  if (bits.size() <= bit) bits.resize(bit + 1);
  bits[bit] = true;
  ++value;
}

InProcessMetadata::Counter& InProcessMetadata::at(CounterId counter) {
  ENSURE(counter.valid());
  if (counter.index() >= counters_.size()) counters_.resize(counter.index() + 1);
  return counters_[counter.index()];
}

Task<CounterReply> InProcessMetadata::count(const hosts::Host& from,
                                            storage::CounterRequest request) {
  ServiceCall call(books_,
                   request.changes() ? Operation::counter_increment : Operation::counter_read,
                   {from.id.value()});
  Counter& counter = at(request.counter);
  const uint64_t before = counter.value;
  if (request.action == CounterAction::increment) ++counter.value;
  if (request.action == CounterAction::set_bit) counter.set(request.bit);
  if (request.action == CounterAction::claim && before == 0) counter.value = request.claimant;
  if (counter.value != before)
    call.record(engine::TraceKind::counter_changed, request.counter.value(),
                static_cast<int64_t>(counter.value));
  if (request.action == CounterAction::claim) co_return CounterReply{before};
  const bool spare = request.action == CounterAction::read_others && counter.has(request.bit);
  co_return CounterReply{counter.value - (spare ? 1 : 0)};
}

Task<bool> InProcessMetadata::request(const hosts::Host& from, int, Bytes, Bytes) {
  const ServiceCall call(books_, Operation::metadata_request, {from.id.value()});
  co_return true;
}

Task<bool> InProcessMetadata::publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                                      Bytes) {
  ENSURE(channel.valid());
  ServiceCall call(books_, Operation::publish, {from.id.value()});
  call.record(engine::TraceKind::published, channel.value(), static_cast<int64_t>(message));
  if (channel.index() < subscriptions_.size())
    for (const auto& subscription : subscriptions_[channel.index()]) subscription->send(message);
  co_return true;
}

engine::Channel<uint64_t>& InProcessMetadata::subscribe(const hosts::Host&, ChannelId channel) {
  ENSURE(channel.valid());
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  subscriptions.push_back(std::make_unique<engine::Channel<uint64_t>>(books_.engine));
  return *subscriptions.back();
}

}  // namespace wukong::stores

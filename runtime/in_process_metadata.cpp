#include "runtime/in_process_metadata.h"

#include "sim/base/check.h"

namespace wukong::runtime {

using sim::CounterReply;
using sim::Operation;
using sim::Task;

InProcessMetadata::Counter& InProcessMetadata::at(sim::CounterId counter) {
  ENSURE(counter.valid());
  if (counter.index() >= counters_.size()) counters_.resize(counter.index() + 1);
  return counters_[counter.index()];
}

void InProcessMetadata::record(const sim::Host& from, sim::CounterId counter, uint64_t value) {
  engine_.record(sim::TraceKind::counter_changed, from.id.value(), counter.value(),
                 static_cast<int64_t>(value));
}

Task<CounterReply> InProcessMetadata::increment(const sim::Host& from, sim::CounterId counter) {
  usage_.count(Operation::counter_increment);
  const uint64_t value = ++at(counter).value;
  record(from, counter, value);
  co_return value;
}

Task<CounterReply> InProcessMetadata::set_bit(const sim::Host& from, sim::CounterId counter,
                                              uint32_t bit) {
  usage_.count(Operation::counter_increment);
  Counter& bits = at(counter);
  if (bits.bits.size() <= bit) bits.bits.resize(bit + 1);
  if (!bits.bits[bit]) {
    bits.bits[bit] = true;
    record(from, counter, ++bits.value);
  }
  co_return bits.value;
}

Task<CounterReply> InProcessMetadata::read(const sim::Host&, sim::CounterId counter) {
  usage_.count(Operation::counter_read);
  co_return at(counter).value;
}

Task<CounterReply> InProcessMetadata::read_others(const sim::Host&, sim::CounterId counter,
                                                  uint32_t bit) {
  usage_.count(Operation::counter_read);
  const Counter& bits = at(counter);
  co_return bits.value - (bit < bits.bits.size() && bits.bits[bit] ? 1 : 0);
}

Task<bool> InProcessMetadata::request(const sim::Host&, int, Bytes, Bytes) {
  usage_.count(Operation::metadata_request);
  co_return true;
}

Task<bool> InProcessMetadata::publish(const sim::Host& from, sim::ChannelId channel,
                                      uint64_t message, Bytes) {
  ENSURE(channel.valid());
  usage_.count(Operation::publish);
  engine_.record(sim::TraceKind::published, from.id.value(), channel.value(),
                 static_cast<int64_t>(message));
  if (channel.index() < subscriptions_.size())
    for (const auto& subscription : subscriptions_[channel.index()]) subscription->send(message);
  co_return true;
}

sim::Channel<uint64_t>& InProcessMetadata::subscribe(const sim::Host&, sim::ChannelId channel) {
  ENSURE(channel.valid());
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  subscriptions.push_back(std::make_unique<sim::Channel<uint64_t>>(engine_));
  return *subscriptions.back();
}

}  // namespace wukong::runtime

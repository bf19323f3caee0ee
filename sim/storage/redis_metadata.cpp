#include "sim/storage/redis_metadata.h"

#include "sim/accounting/service_call.h"
#include "sim/base/check.h"
#include "sim/fluid/fluid.h"

namespace wukong::storage {
namespace {

constexpr const char* kMetadataReply = "the metadata store's reply";
// Sent together: MULTI, SETBIT, BITCOUNT, EXEC; MULTI, GET, SETNX, EXEC.
constexpr int kTransactionCommands = 4;
constexpr uint32_t kWordBits = 64;

const char* name_of(CounterAction action) {
  switch (action) {
    case CounterAction::increment:
      return "increment";
    case CounterAction::set_bit:
      return "set bit";
    case CounterAction::claim:
      return "claim";
    default:
      return "read counter";
  }
}

}  // namespace

RedisMetadata::RedisMetadata(const accounting::Books& books, network::Network& network,
                             const RedisSpec& spec, RedisServer& server)
    : books_(books), network_(network), spec_(spec), server_(server) {}

bool RedisMetadata::Bitmap::set(uint32_t bit) {
  const uint32_t word = bit / kWordBits;
  if (word > 0 && !more_bits) more_bits = std::make_unique<std::vector<uint64_t>>();
  if (word > 0 && more_bits->size() < word) more_bits->resize(word);
  uint64_t& bits = word == 0 ? first_bits : (*more_bits)[word - 1];
  const uint64_t mask = uint64_t{1} << (bit % kWordBits);
  if ((bits & mask) != 0) return false;
  bits |= mask;
  return true;
}

bool RedisMetadata::Bitmap::has(uint32_t bit) const {
  const uint32_t word = bit / kWordBits;
  if (word > 0 && (!more_bits || more_bits->size() < word)) return false;
  const uint64_t bits = word == 0 ? first_bits : (*more_bits)[word - 1];
  return (bits >> (bit % kWordBits) & 1) != 0;
}

uint32_t& RedisMetadata::counter_at(CounterId counter) {
  ENSURE(counter.valid());
  if (counter.index() >= counters_.size()) counters_.resize(counter.index() + 1);
  return counters_[counter.index()];
}

RedisMetadata::Bitmap& RedisMetadata::bitmap_at(CounterId counter) {
  ENSURE(counter.valid());
  if (counter.index() >= bitmaps_.size()) bitmaps_.resize(counter.index() + 1);
  return bitmaps_[counter.index()];
}

RedisMetadata::Outcome RedisMetadata::apply(const CounterRequest& request) {
  uint32_t& counter = counter_at(request.counter);
  switch (request.action) {
    case CounterAction::increment:
      return {++counter, true};
    case CounterAction::set_bit: {
      const bool changed = bitmap_at(request.counter).set(request.bit);
      if (changed) ++counter;
      return {counter, changed};
    }
    case CounterAction::claim: {
      ENSURE(request.claimant != 0, request.counter.value());
      const uint32_t holder = counter;
      if (holder == 0) counter = request.claimant;
      return {holder, holder == 0};
    }
    case CounterAction::read:
      return {counter, false};
    case CounterAction::read_others:
      return {counter - (bitmap_at(request.counter).has(request.bit) ? 1u : 0u), false};
  }
  ENSURE(false && "a request that does nothing", static_cast<int>(request.action));
  return {0, false};
}

engine::Task<CounterReply> RedisMetadata::count(const hosts::Host& from, CounterRequest request) {
  accounting::ServiceCall call(
      books_,
      request.changes() ? accounting::Operation::counter_increment
                        : accounting::Operation::counter_read,
      {engine::SpanKind::metadata, name_of(request.action), from.id.value()});
  co_await books_.engine.sleep(server_.round_trip() + spec_.client.request_time, kMetadataReply);
  const Outcome outcome = apply(request);
  call.note("counter", request.counter.value());
  call.note("value", static_cast<int64_t>(outcome.value));
  if (outcome.changed)
    call.record(engine::TraceKind::counter_changed, request.counter.value(),
                static_cast<int64_t>(counter_at(request.counter)));
  const bool transaction =
      request.action == CounterAction::set_bit || request.action == CounterAction::claim;
  const int commands = transaction ? kTransactionCommands : 1;
  co_await books_.engine.sleep_until(server_.serve_commands(commands), kMetadataReply);
  co_return CounterReply{outcome.value};
}

engine::Task<bool> RedisMetadata::request(const hosts::Host& from, int commands, Bytes sent,
                                          Bytes received) {
  accounting::ServiceCall call(books_, accounting::Operation::metadata_request,
                               {engine::SpanKind::metadata, "request", from.id.value()});
  call.note("bytes", (sent + received).count());
  const network::Route inward = server_.inward(from, sent);
  const Time start = books_.engine.now() + server_.round_trip() + spec_.client.request_time;
  co_await network_.transfer(sent, inward, Bandwidth::unlimited(), start);
  const Time served = server_.serve_commands(commands);
  const network::Route outward = server_.outward(from, received);
  co_await network_.transfer(received, outward, Bandwidth::unlimited(), served);
  co_return true;
}

engine::Task<bool> RedisMetadata::publish(const hosts::Host& from, ChannelId channel,
                                          uint64_t message, Bytes size) {
  ENSURE(channel.valid());
  accounting::ServiceCall call(books_, accounting::Operation::publish,
                               {engine::SpanKind::metadata, "publish", from.id.value()});
  call.note("channel", channel.value());
  call.note("bytes", size.count());
  const network::Route inward = server_.inward(from, size);
  const Time start = books_.engine.now() + server_.round_trip() + spec_.client.request_time;
  co_await network_.transfer(size, inward, Bandwidth::unlimited(), start);
  Time done = server_.serve_commands(1);
  if (channel.index() < subscriptions_.size()) {
    for (const auto& subscription : subscriptions_[channel.index()]) {
      done = server_.serve(spec_.publish_time);
      const Delivery delivery{message, size, done + spec_.round_trip / 2};
      subscription->on_the_way.send(delivery);
    }
  }
  call.record(engine::TraceKind::published, channel.value(), static_cast<int64_t>(message));
  co_await books_.engine.sleep_until(done, kMetadataReply);
  co_return true;
}

engine::Channel<uint64_t>& RedisMetadata::subscribe(const hosts::Host& subscriber,
                                                    ChannelId channel) {
  ENSURE(channel.valid());
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  subscriptions.push_back(std::make_unique<Subscription>(books_.engine, subscriber));
  books_.engine.spawn_daemon(deliver(*subscriptions.back()), "a subscription");
  return subscriptions.back()->arrived;
}

engine::Task<> RedisMetadata::deliver(Subscription& subscription) {
  while (true) {
    const Delivery delivery = co_await subscription.on_the_way.receive();
    const network::Route outward = server_.outward(subscription.subscriber, delivery.size);
    co_await network_.transfer(delivery.size, outward, Bandwidth::unlimited(), delivery.arrival);
    subscription.arrived.send(delivery.message);
  }
}

}  // namespace wukong::storage

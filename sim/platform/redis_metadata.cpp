#include "sim/platform/redis_metadata.h"

#include "sim/base/check.h"
#include "sim/engine/span.h"

namespace wukong::sim {
namespace {

constexpr const char* kMetadataReply = "the metadata store's reply";
constexpr int kSetBitCommands = 4;  // MULTI, SETBIT, BITCOUNT, EXEC, sent together
constexpr uint32_t kWordBits = 64;

void note_counter(Span& span, CounterId counter, uint64_t value) {
  span.note("counter", counter.value());
  span.note("value", static_cast<int64_t>(value));
}

}  // namespace

RedisMetadata::RedisMetadata(Engine& engine, Network& network, const RedisSpec& spec, Usage& usage,
                             const Host& server)
    : engine_(engine),
      network_(network),
      spec_(spec),
      usage_(usage),
      server_(engine, network, spec, server) {}

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

Task<CounterReply> RedisMetadata::increment(const Host& from, CounterId counter) {
  usage_.count(Operation::counter_increment);
  Span span(engine_, {SpanKind::metadata, "increment", from.id.value()});
  co_await engine_.sleep(spec_.round_trip, kMetadataReply);
  const uint64_t value = ++counter_at(counter);
  note_counter(span, counter, value);
  engine_.record(TraceKind::counter_changed, from.id.value(), counter.value(),
                 static_cast<int64_t>(value));
  co_await engine_.sleep_until(server_.serve_commands(1), kMetadataReply);
  co_return value;
}

Task<CounterReply> RedisMetadata::set_bit(const Host& from, CounterId counter, uint32_t bit) {
  usage_.count(Operation::counter_increment);
  Span span(engine_, {SpanKind::metadata, "set bit", from.id.value()});
  co_await engine_.sleep(spec_.round_trip, kMetadataReply);
  const bool changed = bitmap_at(counter).set(bit);
  if (changed) ++counter_at(counter);
  const uint64_t value = counter_at(counter);
  note_counter(span, counter, value);
  if (changed)
    engine_.record(TraceKind::counter_changed, from.id.value(), counter.value(),
                   static_cast<int64_t>(value));
  co_await engine_.sleep_until(server_.serve_commands(kSetBitCommands), kMetadataReply);
  co_return value;
}

Task<CounterReply> RedisMetadata::read(const Host& from, CounterId counter) {
  usage_.count(Operation::counter_read);
  Span span(engine_, {SpanKind::metadata, "read counter", from.id.value()});
  co_await engine_.sleep(spec_.round_trip, kMetadataReply);
  const uint64_t value = counter_at(counter);
  note_counter(span, counter, value);
  co_await engine_.sleep_until(server_.serve_commands(1), kMetadataReply);
  co_return value;
}

Task<CounterReply> RedisMetadata::read_others(const Host& from, CounterId counter, uint32_t bit) {
  usage_.count(Operation::counter_read);
  Span span(engine_, {SpanKind::metadata, "read counter", from.id.value()});
  co_await engine_.sleep(spec_.round_trip, kMetadataReply);
  const uint64_t value = counter_at(counter) - (bitmap_at(counter).has(bit) ? 1 : 0);
  note_counter(span, counter, value);
  co_await engine_.sleep_until(server_.serve_commands(1), kMetadataReply);
  co_return value;
}

Task<bool> RedisMetadata::request(const Host& from, int commands, Bytes sent, Bytes received) {
  usage_.count(Operation::metadata_request);
  Span span(engine_, {SpanKind::metadata, "request", from.id.value()});
  span.note("bytes", (sent + received).count());
  const Route inward = server_.inward(from);
  const Time start = engine_.now() + spec_.round_trip;
  co_await network_.transfer(sent, inward, Bandwidth::unlimited(), start);
  const Time served = server_.serve_commands(commands);
  const Route outward = server_.outward(from);
  co_await network_.transfer(received, outward, Bandwidth::unlimited(), served);
  co_return true;
}

Task<bool> RedisMetadata::publish(const Host& from, ChannelId channel, uint64_t message,
                                  Bytes size) {
  ENSURE(channel.valid());
  usage_.count(Operation::publish);
  Span span(engine_, {SpanKind::metadata, "publish", from.id.value()});
  span.note("channel", channel.value());
  span.note("bytes", size.count());
  const Route inward = server_.inward(from);
  const Time start = engine_.now() + spec_.round_trip;
  co_await network_.transfer(size, inward, Bandwidth::unlimited(), start);
  Time done = server_.serve_commands(1);
  if (channel.index() < subscriptions_.size()) {
    for (const auto& subscription : subscriptions_[channel.index()]) {
      done = server_.serve(spec_.publish_time);
      const Delivery delivery{message, size, done + spec_.round_trip / 2};
      subscription->on_the_way.send(delivery);
    }
  }
  engine_.record(TraceKind::published, from.id.value(), channel.value(),
                 static_cast<int64_t>(message));
  co_await engine_.sleep_until(done, kMetadataReply);
  co_return true;
}

Channel<uint64_t>& RedisMetadata::subscribe(const Host& subscriber, ChannelId channel) {
  ENSURE(channel.valid());
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  subscriptions.push_back(std::make_unique<Subscription>(engine_, subscriber));
  engine_.spawn_daemon(deliver(*subscriptions.back()), "a subscription");
  return subscriptions.back()->arrived;
}

Task<> RedisMetadata::deliver(Subscription& subscription) {
  while (true) {
    const Delivery delivery = co_await subscription.on_the_way.receive();
    const Route outward = server_.outward(subscription.subscriber);
    co_await network_.transfer(delivery.size, outward, Bandwidth::unlimited(), delivery.arrival);
    subscription.arrived.send(delivery.message);
  }
}

}  // namespace wukong::sim

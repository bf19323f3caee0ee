#include "sim/storage/redis_metadata.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::storage {
namespace {

using namespace wukong::literals;

struct MetadataBed : test::TestBed {
  RedisSpec spec = test::simple_redis();
  RedisServer server{engine, network, spec, host(1.0), 1};
  RedisMetadata store{books, network, spec, server};
  hosts::Host client = host();

  ~MetadataBed() { engine.clear(); }

  engine::Task<> increment(CounterId counter, std::vector<uint64_t>& values) {
    const CounterRequest request{CounterAction::increment, counter};
    const CounterReply reply = co_await store.count(client, request);
    REQUIRE(reply.value.has_value());
    values.push_back(*reply.value);
  }
  engine::Task<> expect(CounterRequest request, uint64_t expected) {
    const CounterReply reply = co_await store.count(client, request);
    CHECK(reply.value == expected);
  }
  engine::Task<> set_bit(CounterId counter, uint32_t bit, uint64_t expected) {
    return expect({CounterAction::set_bit, counter, bit}, expected);
  }
  engine::Task<> read(CounterId counter, uint64_t expected) {
    return expect({CounterAction::read, counter}, expected);
  }
  engine::Task<> read_others(CounterId counter, uint32_t bit, uint64_t expected) {
    return expect({CounterAction::read_others, counter, bit}, expected);
  }
  engine::Task<> publish(ChannelId channel, uint64_t message, Bytes size = Bytes(0)) {
    const bool done = co_await store.publish(client, channel, message, size);
    REQUIRE(done);
  }
};

TEST_CASE("a counter starts at 0, and an increment takes the round trip and the command time") {
  MetadataBed bed;
  std::vector<uint64_t> values;
  CHECK(bed.time_of(bed.read(CounterId(9), 0)) == 510_us);
  CHECK(bed.time_of(bed.increment(CounterId(9), values)) == 510_us);
  CHECK(values == std::vector<uint64_t>{1});
  bed.time_of(bed.read(CounterId(9), 1));
  bed.time_of(bed.read(CounterId(8), 0));
  CHECK(bed.usage.count_of(accounting::Operation::counter_increment) == 1);
  CHECK(bed.usage.count_of(accounting::Operation::counter_read) == 3);
}

TEST_CASE("of many concurrent increments each one sees a value of its own") {
  constexpr size_t kClients = 1000;
  MetadataBed bed;
  std::vector<uint64_t> values;
  for (size_t i = 0; i < kClients; ++i)
    bed.engine.spawn(bed.increment(CounterId(0), values), "client");
  bed.engine.run();
  std::vector<uint64_t> expected(kClients);
  std::iota(expected.begin(), expected.end(), 1);
  CHECK(values == expected);
  // All arrive at 500 us, at one thread: 500 us + 1000 * 10 us.
  CHECK(bed.engine.now().since_start() == 500_us + 10_ms);
}

TEST_CASE("counters share the server's one thread") {
  MetadataBed bed;
  std::vector<uint64_t> values;
  for (size_t i = 0; i < 10; ++i) bed.engine.spawn(bed.increment(CounterId(i), values), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() == 500_us + 10 * 10_us);
  CHECK(values == std::vector<uint64_t>(10, 1));
}

TEST_CASE("a client that dies after its command has arrived has still incremented the counter") {
  MetadataBed bed;
  std::vector<uint64_t> values;
  engine::Process& early = bed.engine.spawn(bed.increment(CounterId(0), values), "early");
  auto killer = [&]() -> engine::Task<> {
    co_await bed.engine.sleep(499_us);
    bed.engine.kill(early);
    engine::Process& late = bed.engine.spawn(bed.increment(CounterId(0), values), "late");
    co_await bed.engine.sleep(505_us);
    bed.engine.kill(late);
  };
  bed.time_of(killer());
  CHECK(values.empty());
  bed.time_of(bed.read(CounterId(0), 1));
}

TEST_CASE("setting a bit again changes nothing, and any number of bits is counted") {
  MetadataBed bed;
  const CounterId counter(3);
  // MULTI, SETBIT, BITCOUNT, EXEC: 500 us + 4 * 10 us
  CHECK(bed.time_of(bed.set_bit(counter, 5, 1)) == 540_us);
  bed.time_of(bed.set_bit(counter, 5, 1));
  bed.time_of(bed.set_bit(counter, 63, 2));
  bed.time_of(bed.set_bit(counter, 64, 3));
  bed.time_of(bed.set_bit(counter, 1000, 4));
  bed.time_of(bed.set_bit(counter, 64, 4));
  bed.time_of(bed.set_bit(counter, 1000, 4));
  bed.time_of(bed.set_bit(counter, 0, 5));
  bed.time_of(bed.read(counter, 5));
}

TEST_CASE("the first claim holds, and every later one is told who does") {
  MetadataBed bed;
  const CounterId counter(3);
  const auto claim = [&](uint32_t claimant, uint64_t before) {
    const CounterRequest request{
        .action = CounterAction::claim, .counter = counter, .claimant = claimant};
    return bed.time_of(bed.expect(request, before));
  };
  bed.time_of(bed.read(counter, 0));
  // MULTI, GET, SETNX, EXEC: 500 us + 4 * 10 us
  CHECK(claim(7, 0) == 540_us);
  CHECK(claim(8, 7) == 540_us);
  CHECK(claim(7, 7) == 540_us);
  bed.time_of(bed.read(counter, 7));
}

TEST_CASE("of a bit counter one can read how many other bits are set") {
  MetadataBed bed;
  const CounterId counter(3);
  for (const uint32_t bit : {0u, 2u, 64u}) {
    CHECK(bed.time_of(bed.read_others(counter, bit, bit == 0 ? 0 : bit == 2 ? 1 : 2)) == 510_us);
    bed.time_of(bed.set_bit(counter, bit, bit == 0 ? 1 : bit == 2 ? 2 : 3));
  }
  for (const uint32_t set : {0u, 2u, 64u}) bed.time_of(bed.read_others(counter, set, 2));
  for (const uint32_t unset : {1u, 63u, 65u, 1000u})
    bed.time_of(bed.read_others(counter, unset, 3));
}

TEST_CASE("a request moves its bytes both ways and holds the thread for its commands") {
  MetadataBed bed;
  auto client = [&]() -> engine::Task<> {
    const bool done =
        co_await bed.store.request(bed.client, 5, 100 * test::kMegabyte, 50 * test::kMegabyte);
    REQUIRE(done);
  };
  // 500 us + 100 MB / (1 GB/s) + 5 * 10 us + 50 MB / (1 GB/s)
  CHECK(bed.time_of(client()).count_ns() == Approx((150_ms + 550_us).count_ns()).margin(4));
  CHECK(bed.usage.count_of(accounting::Operation::metadata_request) == 1);
  CHECK(bed.usage.read == Bytes(0));  // of objects
}

TEST_CASE("a published message reaches every subscriber in turn") {
  MetadataBed bed;
  std::vector<Time> arrivals(3);
  auto subscriber = [&](engine::Channel<uint64_t>& messages, Time& arrival) -> engine::Task<> {
    const uint64_t message = co_await messages.receive();
    CHECK(message == 77);
    arrival = bed.engine.now();
  };
  for (Time& arrival : arrivals)
    bed.engine.spawn(subscriber(bed.store.subscribe(bed.host(), ChannelId(2)), arrival),
                     "subscriber");
  engine::Channel<uint64_t>& elsewhere = bed.store.subscribe(bed.client, ChannelId(1));
  bed.engine.spawn(bed.publish(ChannelId(2), 77), "publisher");
  bed.engine.run();
  // 500 us + 10 us + (i + 1) * 4 us, and half a round trip to the subscriber
  for (size_t i = 0; i < arrivals.size(); ++i)
    CHECK(arrivals[i].since_start() == 760_us + static_cast<int64_t>(i + 1) * 4_us);
  CHECK(elsewhere.empty());
  CHECK(bed.usage.count_of(accounting::Operation::publish) == 1);
}

TEST_CASE("a publisher waits until the message has left for all subscribers") {
  MetadataBed bed;
  CHECK(bed.time_of(bed.publish(ChannelId(0), 1)) == 510_us);
  for (int i = 0; i < 100; ++i) bed.store.subscribe(bed.client, ChannelId(0));
  // 500 us + 10 us + 100 * 4 us
  CHECK(bed.time_of(bed.publish(ChannelId(0), 2)) == 910_us);
}

TEST_CASE("messages of a channel arrive in the order of their publication, large ones too") {
  MetadataBed bed;
  std::vector<uint64_t> received;
  engine::Channel<uint64_t>& messages = bed.store.subscribe(bed.client, ChannelId(0));
  auto subscriber = [&]() -> engine::Task<> {
    while (received.size() < 4) received.push_back(co_await messages.receive());
  };
  auto publisher = [&]() -> engine::Task<> {
    co_await bed.store.publish(bed.client, ChannelId(0), 1, 10 * test::kMegabyte);
    co_await bed.store.publish(bed.client, ChannelId(0), 2, Bytes(10));
    co_await bed.store.publish(bed.client, ChannelId(0), 3, Bytes(0));
    co_await bed.store.publish(bed.client, ChannelId(0), 4, test::kMegabyte);
  };
  bed.engine.spawn(subscriber(), "subscriber");
  bed.engine.spawn(publisher(), "publisher");
  bed.engine.run();
  CHECK(received == std::vector<uint64_t>{1, 2, 3, 4});
}

}  // namespace
}  // namespace wukong::storage

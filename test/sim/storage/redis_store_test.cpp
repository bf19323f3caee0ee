#include "sim/storage/redis_store.h"

#include <vector>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::storage {
namespace {

using namespace wukong::literals;

// What the network may round up per transfer.
constexpr Duration kRounding = Duration::nanoseconds(2);

// A store's spec that matters only in where it puts objects.
StoreSpec placed(Placement placement) {
  StoreSpec store;
  store.placement = placement;
  return store;
}

struct Cluster : test::TestBed {
  RedisSpec spec = test::simple_redis();
  std::vector<hosts::Host> shards;
  std::optional<RedisServers> servers;  // the store's
  hosts::Host client = host();

  RedisStore make_store(size_t count, double gigabytes_per_second = kFast, uint64_t seed = 1,
                        Placement placement = Placement::random) {
    for (size_t i = 0; i < count; ++i) shards.push_back(host(gigabytes_per_second));
    servers.emplace(engine, network, spec, shards, placed(placement), seed);
    return RedisStore(books, network, spec, *servers);
  }
  RedisServers make_servers(Placement placement, uint64_t seed) {
    return RedisServers(engine, network, spec, shards, placed(placement), seed);
  }
  engine::Task<> get(RedisStore& store, ObjectId object, Time* end = nullptr) {
    const StoreStatus status = co_await store.get(client, object);
    REQUIRE(status == StoreStatus::ok);
    if (end != nullptr) *end = engine.now();
  }
  engine::Task<> put(RedisStore& store, ObjectId object, Bytes bytes,
                     StoreStatus expected = StoreStatus::ok) {
    const ObjectSize size = test::sized(bytes);
    const StoreStatus status = co_await store.put(client, object, size);
    REQUIRE(status == expected);
  }
  engine::Task<> exists(RedisStore& store, ObjectId object, StoreStatus expected) {
    const StoreStatus status = co_await store.exists(client, object);
    REQUIRE(status == expected);
  }
};

// The first `count` objects that live on `shard`.
std::vector<ObjectId> objects_on(const RedisServers& servers, size_t shard, size_t count) {
  std::vector<ObjectId> found;
  for (size_t i = 0; found.size() < count; ++i)
    if (servers.server_of(ObjectId(i)) == shard) found.emplace_back(i);
  return found;
}

TEST_CASE("a Redis command takes the round trip and the command time") {
  Cluster bed;
  RedisStore store = bed.make_store(1);
  // 500 us + 10 us
  CHECK(bed.time_of(bed.exists(store, ObjectId(7), StoreStatus::missing)) == 510_us);
  store.preload(ObjectId(7), test::sized(Bytes(1)));
  CHECK(bed.time_of(bed.exists(store, ObjectId(7), StoreStatus::ok)) == 510_us);
  CHECK(bed.usage.count_of(accounting::Operation::object_head) == 2);
}

TEST_CASE("round trips vary from one request and one seed to the next, with their mean") {
  constexpr int kRequests = 2000;
  const auto times = [](uint64_t seed) {
    Cluster bed;
    bed.spec.round_trip_sigma = 0.5;
    RedisStore store = bed.make_store(1, test::TestBed::kFast, seed);
    std::vector<Duration> all;
    for (int i = 0; i < kRequests; ++i)
      all.push_back(bed.time_of(bed.exists(store, ObjectId(7), StoreStatus::missing)));
    return all;
  };
  const std::vector<Duration> one = times(1);
  double sum = 0;
  for (const Duration time : one) sum += time.to_seconds();
  // A lognormal of that sigma has a deviation of 0.53 of its mean.
  CHECK(sum / kRequests == Approx(510e-6).epsilon(0.06));
  CHECK(one[0] != one[1]);
  CHECK(times(1) == one);
  CHECK(times(2) != one);
}

TEST_CASE("commands that arrive together at one shard end one command time apart") {
  Cluster bed;
  RedisStore store = bed.make_store(1);
  std::vector<Time> ends(5);
  for (size_t i = 0; i < ends.size(); ++i) {
    store.preload(ObjectId(i), test::sized(Bytes(0)));
    bed.engine.spawn(bed.get(store, ObjectId(i), &ends[i]), "client");
  }
  bed.engine.run();
  // round trip + (i + 1) * command time
  for (size_t i = 0; i < ends.size(); ++i)
    CHECK(ends[i].since_start() == 500_us + static_cast<int64_t>(i + 1) * 10_us);
}

TEST_CASE("a shard that was idle for a while serves the next command at once") {
  Cluster bed;
  RedisStore store = bed.make_store(1);
  bed.time_of(bed.exists(store, ObjectId(0), StoreStatus::missing));
  bed.time_of(
      [](engine::Engine& engine) -> engine::Task<> { co_await engine.sleep(1_s); }(bed.engine));
  CHECK(bed.time_of(bed.exists(store, ObjectId(0), StoreStatus::missing)) == 510_us);
}

TEST_CASE("a put sends the value before its command, a get receives it after") {
  Cluster bed;
  bed.client = bed.host(0.1);
  RedisStore store = bed.make_store(1);
  // 500 us + 10 MB / (0.1 GB/s) + 10 us
  const Duration expected = 510_us + 100_ms;
  const Duration put = bed.time_of(bed.put(store, ObjectId(3), 10 * test::kMegabyte));
  CHECK(put >= expected);
  CHECK(put <= expected + kRounding);
  const Duration get = bed.time_of(bed.get(store, ObjectId(3)));
  CHECK(get >= expected);
  CHECK(get <= expected + kRounding);
}

TEST_CASE("two gets share their shard's interface, and gets from two shards do not") {
  Cluster bed;
  RedisStore store = bed.make_store(2, 1.0);
  const auto first = objects_on(*bed.servers, 0, 2);
  const auto second = objects_on(*bed.servers, 1, 1);
  for (const ObjectId object : {first[0], first[1], second[0]})
    store.preload(object, test::sized(100 * test::kMegabyte));

  Time end_of_first, end_of_second;
  bed.engine.spawn(bed.get(store, first[0], &end_of_first), "client");
  bed.engine.spawn(bed.get(store, second[0], &end_of_second), "client");
  bed.engine.run();
  // alone: 510 us + 100 MB / (1 GB/s)
  CHECK(end_of_first.since_start() >= 100_ms + 510_us);
  CHECK(end_of_first.since_start() <= 100_ms + 510_us + kRounding);
  CHECK(end_of_second == end_of_first);

  Time end;
  bed.engine.spawn(bed.get(store, first[0]), "client");
  bed.engine.spawn(bed.get(store, first[1], &end), "client");
  bed.engine.run();
  // The first one starts one command time earlier: with both flows, 10 us * 1 GB/s are already
  // through, and the link is busy from 510 us until both are done: 510 us + 200 MB / (1 GB/s).
  const Duration both = end - end_of_first;
  CHECK(both >= 200_ms + 510_us);
  CHECK(both <= 200_ms + 510_us + 2 * kRounding);
}

TEST_CASE("a hot shard is as slow as the sum of what it serves") {
  constexpr int kGets = 8;
  Cluster hot_bed, spread_bed;
  RedisStore hot = hot_bed.make_store(kGets, 1.0);
  RedisStore spread = spread_bed.make_store(kGets, 1.0);
  const auto on_one = objects_on(*hot_bed.servers, 3, kGets);
  for (size_t i = 0; i < kGets; ++i) {
    const ObjectId elsewhere = objects_on(*spread_bed.servers, i, 1)[0];
    hot.preload(on_one[i], test::sized(10 * test::kMegabyte));
    spread.preload(elsewhere, test::sized(10 * test::kMegabyte));
    hot_bed.engine.spawn(hot_bed.get(hot, on_one[i]), "client");
    spread_bed.engine.spawn(spread_bed.get(spread, elsewhere), "client");
  }
  hot_bed.engine.run();
  spread_bed.engine.run();
  // spread: 510 us + 10 MB / (1 GB/s); hot: 510 us + 8 * 10 MB / (1 GB/s)
  CHECK(spread_bed.engine.now().since_start() <= 10_ms + 510_us + kRounding);
  CHECK(hot_bed.engine.now().since_start() >= 80_ms + 510_us);
  CHECK(hot_bed.engine.now().since_start() <= 80_ms + 510_us + kGets * kRounding);
}

TEST_CASE("a shard's thread copies large values at a rate of their own, out and in") {
  Cluster bed;
  bed.spec.bandwidth = Bandwidth::bytes_per_second(500'000'000);
  bed.spec.large_value = 60 * test::kMegabyte;
  bed.spec.large_bandwidth = Bandwidth::bytes_per_second(200'000'000);
  RedisStore store = bed.make_store(1);
  store.preload(ObjectId(0), test::sized(60 * test::kMegabyte));
  // 500 us, a command of 10 us, 60 MB at 0.2 GB/s.
  bed.engine.spawn(bed.get(store, ObjectId(0)), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() >= 300_ms + 510_us);
  CHECK(bed.engine.now().since_start() <= 300_ms + 510_us + kRounding);
  // And one that is not large, at 0.5 GB/s.
  bed.engine.spawn(bed.put(store, ObjectId(1), 50 * test::kMegabyte), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() >= 400_ms + 1020_us);
  CHECK(bed.engine.now().since_start() <= 400_ms + 1020_us + 2 * kRounding);
  // Two large ones share their rate, one out and one in; all three the thread.
  bed.engine.spawn(bed.get(store, ObjectId(0)), "client");
  bed.engine.spawn(bed.put(store, ObjectId(2), 60 * test::kMegabyte), "client");
  bed.engine.spawn(bed.get(store, ObjectId(1)), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() >= 1000_ms + 1510_us);
  CHECK(bed.engine.now().since_start() <= 1000_ms + 1550_us + 3 * kRounding);
}

TEST_CASE("all values that a shard's thread copies at the same time crowd it") {
  // Three at 1 GB/s / (1 + 2/2): 300 MB take 600 ms, less some 10 us in which they are fewer.
  Cluster bed;
  bed.spec.bandwidth = Bandwidth::bytes_per_second(1'000'000'000);
  bed.spec.crowding_flows = 2;
  bed.spec.crowded_share = 0;
  RedisStore store = bed.make_store(1);
  store.preload(ObjectId(0), test::sized(100 * test::kMegabyte));
  bed.engine.spawn(bed.get(store, ObjectId(0)), "client");
  for (uint32_t i = 1; i < 3; ++i)
    bed.engine.spawn(bed.put(store, ObjectId(i), 100 * test::kMegabyte), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() >= 600_ms + 480_us);
  CHECK(bed.engine.now().since_start() <= 600_ms + 540_us + 3 * kRounding);
}

TEST_CASE("a client in Python pays for each request and each byte, and nobody waits for it") {
  // 1 ms, and 100 MB at 1 GB/s: 101 ms more than 510 us and 10 ms of the network. The other
  // client's value passes meanwhile.
  Cluster bed;
  bed.spec.client.request_time = 1_ms;
  bed.spec.client.copying = Bandwidth::bytes_per_second(1'000'000'000);
  RedisStore store = bed.make_store(1);
  store.preload(ObjectId(0), test::sized(100 * test::kMegabyte));
  bed.engine.spawn(bed.get(store, ObjectId(0)), "client");
  bed.engine.spawn(bed.put(store, ObjectId(1), 100 * test::kMegabyte), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() >= 111_ms + 500_us);
  CHECK(bed.engine.now().since_start() <= 111_ms + 560_us + kRounding);
}

TEST_CASE("a shard turns away connections beyond its limit until some are closed") {
  Cluster bed;
  bed.spec.max_clients = 10;
  bed.make_store(1);
  RedisServers& servers = *bed.servers;
  CHECK(servers.connect(ObjectId(0), 6));
  CHECK_FALSE(servers.connect(ObjectId(1), 5));
  CHECK(servers.connect(ObjectId(1), 4));
  servers.disconnect(ObjectId(0), 6);
  CHECK(servers.connect(ObjectId(1), 5));
}

TEST_CASE("a handshake takes its round trips to the object's server") {
  Cluster bed;
  bed.make_store(3);
  CHECK(bed.time_of(bed.servers->handshake(bed.client, ObjectId(4), 3)) == 1500_us);
  CHECK(bed.time_of(bed.servers->handshake(bed.client, ObjectId(4), 0)) == Duration::zero());
}

TEST_CASE("random placement is uniform, the same for a seed, and another for another seed") {
  constexpr size_t kShards = 75;
  constexpr size_t kObjects = 75'000;
  Cluster bed;
  for (size_t i = 0; i < kShards; ++i) bed.shards.push_back(bed.host());
  const RedisServers servers = bed.make_servers(Placement::random, 42);
  const RedisServers again = bed.make_servers(Placement::random, 42);
  const RedisServers other = bed.make_servers(Placement::random, 43);
  std::vector<double> count(kShards);
  size_t moved = 0;
  for (size_t i = 0; i < kObjects; ++i) {
    const ObjectId object(i);
    ++count[servers.server_of(object)];
    REQUIRE(servers.server_of(object) == again.server_of(object));
    if (servers.server_of(object) != other.server_of(object)) ++moved;
  }
  // Chi-square with 74 degrees of freedom: mean 74, standard deviation sqrt(2 * 74) = 12.2.
  const double expected = static_cast<double>(kObjects) / kShards;
  double chi_square = 0;
  for (const double n : count) chi_square += (n - expected) * (n - expected) / expected;
  CHECK(chi_square > 74 - 4 * 12.2);
  CHECK(chi_square < 74 + 4 * 12.2);
  // Two independent draws agree once in 75.
  CHECK(moved > kObjects * 98 / 100);
}

TEST_CASE("hashed placement is the same for every seed") {
  Cluster bed;
  for (size_t i = 0; i < 10; ++i) bed.shards.push_back(bed.host());
  const RedisServers servers = bed.make_servers(Placement::hashed, 1);
  const RedisServers other = bed.make_servers(Placement::hashed, 2);
  for (size_t i = 0; i < 1000; ++i)
    REQUIRE(servers.server_of(ObjectId(i)) == other.server_of(ObjectId(i)));
}

TEST_CASE("a shard without memory for an object refuses it, and replacing one frees its memory") {
  Cluster bed;
  bed.shards.push_back(bed.host(test::TestBed::kFast, 100 * test::kMegabyte));
  RedisStore store = bed.make_store(0);
  bed.time_of(bed.put(store, ObjectId(0), 60 * test::kMegabyte));
  bed.time_of(bed.put(store, ObjectId(1), 41 * test::kMegabyte, StoreStatus::full));
  CHECK_FALSE(store.holds(ObjectId(1)));
  CHECK(store.stored_on(0) == 60 * test::kMegabyte);
  CHECK(bed.usage.written == 60 * test::kMegabyte);
  bed.time_of(bed.put(store, ObjectId(0), 59 * test::kMegabyte));
  bed.time_of(bed.put(store, ObjectId(1), 41 * test::kMegabyte));
  CHECK(store.stored_on(0) == 100 * test::kMegabyte);
  CHECK_THROWS_AS(store.preload(ObjectId(2), test::sized(Bytes(1))), Error);
}

TEST_CASE("a get counts the object's actual and nominal bytes, a get of nothing counts none") {
  Cluster bed;
  RedisStore store = bed.make_store(4);
  store.preload(ObjectId(5), ObjectSize{.actual = Bytes(300), .nominal = Bytes(1000)});
  bed.time_of(bed.get(store, ObjectId(5)));
  bed.time_of([](Cluster& cluster, RedisStore& redis) -> engine::Task<> {
    const StoreStatus status = co_await redis.get(cluster.client, ObjectId(6));
    REQUIRE(status == StoreStatus::missing);
  }(bed, store));
  CHECK(bed.usage.read == Bytes(300));
  CHECK(bed.usage.nominal_read == Bytes(1000));
  CHECK(bed.usage.count_of(accounting::Operation::object_get) == 2);
  CHECK(bed.usage.written == Bytes(0));
}

TEST_CASE("a client that dies while it sends leaves no object behind") {
  Cluster bed;
  bed.client = bed.host(0.1);
  RedisStore store = bed.make_store(1);
  engine::Process& sender =
      bed.engine.spawn(bed.put(store, ObjectId(0), 100 * test::kMegabyte), "sender");
  bed.time_of([](engine::Engine& engine, engine::Process& victim) -> engine::Task<> {
    co_await engine.sleep(500_ms);  // half of the transfer
    engine.kill(victim);
  }(bed.engine, sender));
  CHECK_FALSE(store.holds(ObjectId(0)));
  CHECK(store.stored_on(0) == Bytes(0));
  CHECK(bed.usage.written == Bytes(0));
}

}  // namespace
}  // namespace wukong::storage

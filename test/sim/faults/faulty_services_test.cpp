// The decorated services, each with one fault that is named.
#include "sim/faults/faulty_metadata.h"
#include "sim/faults/faulty_queue.h"
#include "sim/faults/faulty_store.h"
#include "sim/storage/redis_metadata.h"
#include "sim/storage/redis_store.h"
#include "sim/storage/sqs_queue.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::faults {
namespace {

constexpr ObjectId kObject{0};

struct FaultyBed : test::TestBed {
  explicit FaultyBed(const std::string& points) {
    spec.points = parse_fault_points(points);
    spec.outage = Duration::seconds(5);
    faults.emplace(engine, spec, 1);
    const std::array<hosts::Host, 1> servers{host()};
    shards.emplace(engine, network, redis, servers, storage::StoreSpec(), 1);
    store.emplace(std::make_unique<storage::RedisStore>(books, network, redis, *shards), *shards,
                  engine, *faults, usage);
    metadata.emplace(
        std::make_unique<storage::RedisMetadata>(books, network, redis, shards->server(0)), engine,
        *faults);
    queue_spec.latency_median = Duration::milliseconds(10);
    queue.emplace(std::make_unique<storage::SqsQueue>(books, queue_spec, 1), engine, *faults);
  }
  ~FaultyBed() { engine.clear(); }

  storage::StoreStatus put() { return run(store->put(client, kObject, test::sized(Bytes(100)))); }
  storage::StoreStatus get() { return run(store->get(client, kObject)); }
  std::optional<uint64_t> set_bit() {
    return run(metadata->count(client, {storage::CounterAction::set_bit, CounterId(0)})).value;
  }
  std::optional<uint64_t> increment() {
    return run(metadata->count(client, {storage::CounterAction::increment, CounterId(0)})).value;
  }

  template <class T>
  T run(engine::Task<T> task) {
    std::optional<T> result;
    engine.spawn(into(std::move(task), result), "client");
    engine.run();
    return *result;
  }
  template <class T>
  static engine::Task<> into(engine::Task<T> task, std::optional<T>& result) {
    result.emplace(co_await std::move(task));
  }
  void wait(Duration time) { time_of(sleep(time)); }
  engine::Task<> sleep(Duration time) { co_await engine.sleep(time); }

  FaultSpec spec;
  storage::RedisSpec redis = test::simple_redis();
  storage::QueueSpec queue_spec;
  hosts::Host client = host();
  std::optional<FaultInjector> faults;
  std::optional<storage::RedisServers> shards;
  std::optional<FaultyStore> store;
  std::optional<FaultyMetadata> metadata;
  std::optional<FaultyQueue> queue;
};

TEST_CASE("a failed request has no effect, one whose reply is lost has", "[faults]") {
  FaultyBed failed("failed_storage:1");
  CHECK(failed.put() == storage::StoreStatus::unavailable);
  CHECK_FALSE(failed.store->holds(kObject));
  CHECK(failed.put() == storage::StoreStatus::ok);

  FaultyBed lost("lost_storage_reply:1");
  CHECK(lost.put() == storage::StoreStatus::unavailable);
  CHECK(lost.store->holds(kObject));
}

TEST_CASE("an increment whose reply is lost counts twice when it is repeated, a bit once",
          "[faults]") {
  FaultyBed integer("lost_metadata_reply:1");
  CHECK_FALSE(integer.increment().has_value());
  CHECK(integer.increment() == 2u);

  FaultyBed bits("lost_metadata_reply:1");
  CHECK_FALSE(bits.set_bit().has_value());
  CHECK(bits.set_bit() == 1u);
}

TEST_CASE("a failed increment does not count", "[faults]") {
  FaultyBed bed("failed_metadata:1");
  CHECK_FALSE(bed.increment().has_value());
  CHECK(bed.increment() == 1u);
}

TEST_CASE("a slow request takes longer, by no more than the longest delay", "[faults]") {
  FaultyBed usual("hang:9");
  FaultyBed slow("slow_storage:1");
  const Duration took = usual.time_of(usual.sleep(Duration::zero()));
  CHECK(took == Duration::zero());
  CHECK(usual.put() == storage::StoreStatus::ok);
  CHECK(slow.put() == storage::StoreStatus::ok);
  CHECK(slow.engine.now() > usual.engine.now());
  CHECK(slow.engine.now() <= usual.engine.now() + slow.spec.longest_delay);
}

TEST_CASE("a server that goes away answers nobody for its outage, and keeps its objects",
          "[faults]") {
  FaultyBed bed("shard_outage:2");
  CHECK(bed.put() == storage::StoreStatus::ok);
  CHECK(bed.get() == storage::StoreStatus::unavailable);
  bed.wait(Duration::seconds(4));
  CHECK(bed.get() == storage::StoreStatus::unavailable);
  bed.wait(Duration::seconds(1));
  CHECK(bed.get() == storage::StoreStatus::ok);
}

TEST_CASE("a server that loses its data has lost what came before, and takes it again",
          "[faults]") {
  FaultyBed bed("shard_loss:2");
  CHECK(bed.put() == storage::StoreStatus::ok);
  CHECK(bed.get() == storage::StoreStatus::unavailable);
  bed.wait(Duration::seconds(6));
  CHECK_FALSE(bed.store->holds(kObject));
  CHECK(bed.get() == storage::StoreStatus::missing);
  CHECK(bed.usage.missed_reads == 1);
  CHECK(bed.put() == storage::StoreStatus::ok);
  CHECK(bed.get() == storage::StoreStatus::ok);
}

// What arrives of the messages 1, 2, 3 within a minute.
std::vector<uint64_t> published(const std::string& points) {
  FaultyBed bed(points);
  engine::Channel<uint64_t>& arrived = bed.metadata->subscribe(bed.client, ChannelId(0));
  for (uint64_t message = 1; message <= 3; ++message)
    CHECK(bed.run(bed.metadata->publish(bed.client, ChannelId(0), message, Bytes(10))));
  bed.wait(Duration::seconds(60));
  std::vector<uint64_t> messages;
  while (const auto message = arrived.try_receive()) messages.push_back(*message);
  return messages;
}

TEST_CASE("published messages come twice, late or in another order, but all come", "[faults]") {
  CHECK(published("hang:1") == std::vector<uint64_t>{1, 2, 3});
  CHECK(published("duplicate_message:2") == std::vector<uint64_t>{1, 2, 2, 3});
  CHECK(published("late_message:1") == std::vector<uint64_t>{2, 3, 1});
  CHECK(published("reordered_message:1") == std::vector<uint64_t>{2, 1, 3});
  // Nothing comes that could overtake it.
  CHECK(published("reordered_message:3") == std::vector<uint64_t>{1, 2, 3});
}

TEST_CASE("a message that is sent twice to a queue is two messages", "[faults]") {
  FaultyBed bed("duplicate_message:1");
  const auto send = [](FaultyBed& at) -> engine::Task<> { co_await at.queue->send(at.client, 7); };
  bed.time_of(send(bed));
  CHECK(bed.queue->kept() == 2);
  const auto first = bed.run(bed.queue->receive(bed.client, Duration::seconds(30)));
  const auto second = bed.run(bed.queue->receive(bed.client, Duration::seconds(30)));
  REQUIRE(first.has_value());
  REQUIRE(second.has_value());
  CHECK(first->body == 7);
  CHECK(second->body == 7);
  CHECK(first->id != second->id);
}

TEST_CASE("a late message reaches a queue after its delay", "[faults]") {
  FaultyBed bed("late_message:1");
  const auto send = [](FaultyBed& at) -> engine::Task<> { co_await at.queue->send(at.client, 7); };
  bed.time_of(send(bed));
  CHECK(bed.queue->kept() == 0);
  bed.wait(bed.spec.longest_delay + Duration::seconds(1));
  CHECK(bed.queue->kept() == 1);
}

}  // namespace
}  // namespace wukong::faults

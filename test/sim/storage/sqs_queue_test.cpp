

#include "sim/storage/sqs_queue.h"

#include <vector>

#include "sim/engine/trace.h"
#include "sim/hosts/host.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::storage {
namespace {

using namespace wukong::literals;

// Every request takes 10 ms.
QueueSpec simple_queue() {
  QueueSpec spec;
  spec.latency_median = 10_ms;
  spec.price_per_million_requests = Money::from_usd(0.40);
  return spec;
}

class Expiries : public engine::TraceSink {
 public:
  void record(const engine::TraceRecord& record) override {
    if (record.kind == engine::TraceKind::lease_expired) times.push_back(record.time);
  }
  std::vector<Time> times;
};

struct QueueBed : test::TestBed {
  QueueSpec spec = simple_queue();
  SqsQueue queue{books, spec, 1};
  hosts::Host client = host();
  Expiries expiries;

  QueueBed() { engine.trace().listen(&expiries); }
};

TEST_CASE("messages are delivered first in, first out, and each request takes the latency") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    for (uint64_t body = 100; body < 103; ++body) co_await bed.queue.send(bed.client, body);
    for (uint64_t body = 100; body < 103; ++body) {
      const auto message = co_await bed.queue.receive(bed.client, 60_s);
      REQUIRE(message.has_value());
      CHECK(message->body == body);
    }
    const auto nothing = co_await bed.queue.receive(bed.client, 60_s);
    CHECK_FALSE(nothing.has_value());
  };
  CHECK(bed.time_of(client()) == 70_ms);
}

TEST_CASE("a message comes back after each visibility timeout, once per expiry") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    for (uint32_t delivery = 1; delivery <= 3; ++delivery) {
      const auto message = co_await bed.queue.receive(bed.client, 60_s);
      REQUIRE(message.has_value());
      CHECK(message->body == 7);
      CHECK(message->receipt == delivery);
      co_await bed.engine.sleep(60_s - 10_ms - 1_ns);
      const auto still_leased = co_await bed.queue.receive(bed.client, 60_s);
      CHECK_FALSE(still_leased.has_value());
      co_await bed.engine.sleep(1_ns);
    }
    co_await bed.engine.sleep(300_s);
    const size_t visible = co_await bed.queue.visible(bed.client);
    CHECK(visible == 1);
  };
  bed.time_of(client());
  // Received at 20 ms, at 60.02 s + 10 ms + ..., and so on: three deliveries, three expiries.
  REQUIRE(bed.expiries.times.size() == 3);
  CHECK(bed.expiries.times[0].since_start() == 20_ms + 60_s);
}

TEST_CASE("an expired message is at the back of the queue") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 1);
    co_await bed.queue.receive(bed.client, 1_s);
    co_await bed.queue.send(bed.client, 2);
    co_await bed.engine.sleep(2_s);
    const auto first = co_await bed.queue.receive(bed.client, 60_s);
    const auto second = co_await bed.queue.receive(bed.client, 60_s);
    REQUIRE((first.has_value() && second.has_value()));
    CHECK(first->body == 2);
    CHECK(second->body == 1);
  };
  bed.time_of(client());
}

TEST_CASE("a longer visibility keeps a message away, a shorter one brings it back sooner") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    const auto message = co_await bed.queue.receive(bed.client, 200_s);  // at 20 ms
    REQUIRE(message.has_value());
    co_await bed.queue.change_visibility(bed.client, *message, 60_s);  // at 30 ms
    co_await bed.engine.sleep(30_s);
    co_await bed.queue.change_visibility(bed.client, *message, 60_s);  // at 30.04 s
  };
  bed.time_of(client());
  auto wait = [&]() -> engine::Task<> { co_await bed.engine.sleep(300_s); };
  bed.time_of(wait());
  REQUIRE(bed.expiries.times.size() == 1);
  CHECK(bed.expiries.times[0].since_start() == 90_s + 40_ms);
}

TEST_CASE("a removed message does not come back") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    const auto message = co_await bed.queue.receive(bed.client, 1_s);
    REQUIRE(message.has_value());
    co_await bed.queue.remove(bed.client, *message);
    co_await bed.engine.sleep(10_s);
    const size_t visible = co_await bed.queue.visible(bed.client);
    CHECK(visible == 0);
    const auto nothing = co_await bed.queue.receive(bed.client, 1_s);
    CHECK_FALSE(nothing.has_value());
  };
  bed.time_of(client());
  CHECK(bed.expiries.times.empty());
}

TEST_CASE("a stale receipt neither removes a message nor prolongs its lease") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    const auto stale = co_await bed.queue.receive(bed.client, 1_s);
    co_await bed.engine.sleep(1_s);
    const auto latest = co_await bed.queue.receive(bed.client, 5_s);  // at 1.03 s
    REQUIRE((stale.has_value() && latest.has_value()));
    co_await bed.queue.remove(bed.client, *stale);
    co_await bed.queue.change_visibility(bed.client, *stale, 100_s);
    co_await bed.engine.sleep(6_s);
    const size_t visible = co_await bed.queue.visible(bed.client);
    CHECK(visible == 1);
  };
  bed.time_of(client());
  REQUIRE(bed.expiries.times.size() == 2);
  CHECK(bed.expiries.times[1].since_start() == 6_s + 30_ms);
}

TEST_CASE("the latest receipt still removes a message whose lease has run out") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    const auto message = co_await bed.queue.receive(bed.client, 1_s);
    REQUIRE(message.has_value());
    co_await bed.engine.sleep(2_s);
    // It can no longer be prolonged: it is not in flight.
    co_await bed.queue.change_visibility(bed.client, *message, 100_s);
    const size_t before = co_await bed.queue.visible(bed.client);
    CHECK(before == 1);
    co_await bed.queue.remove(bed.client, *message);
    const size_t after = co_await bed.queue.visible(bed.client);
    CHECK(after == 0);
    const auto nothing = co_await bed.queue.receive(bed.client, 1_s);
    CHECK_FALSE(nothing.has_value());
  };
  bed.time_of(client());
}

TEST_CASE("a worker that dies before the reply has taken no message") {
  QueueBed bed;
  auto receive = [&]() -> engine::Task<> { co_await bed.queue.receive(bed.client, 60_s); };
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    engine::Process& worker = bed.engine.spawn(receive(), "worker");
    co_await bed.engine.sleep(5_ms);
    bed.engine.kill(worker);
    co_await bed.engine.sleep(10_ms);
    const size_t visible = co_await bed.queue.visible(bed.client);
    CHECK(visible == 1);
  };
  bed.time_of(client());
}

TEST_CASE("each message goes to one of many workers that ask at the same time") {
  constexpr uint64_t kMessages = 1000;
  QueueBed bed;
  std::vector<int> deliveries(kMessages);
  auto worker = [&]() -> engine::Task<> {
    while (true) {
      const auto message = co_await bed.queue.receive(bed.client, 60_s);
      if (!message) co_return;
      ++deliveries[message->body];
      co_await bed.queue.remove(bed.client, *message);
    }
  };
  auto client = [&]() -> engine::Task<> {
    for (uint64_t body = 0; body < kMessages; ++body) co_await bed.queue.send(bed.client, body);
  };
  bed.time_of(client());
  for (int i = 0; i < 64; ++i) bed.engine.spawn(worker(), "worker");
  bed.engine.run();
  CHECK(deliveries == std::vector<int>(kMessages, 1));
}

TEST_CASE("every request is billed, an empty receive too") {
  QueueBed bed;
  auto client = [&]() -> engine::Task<> {
    co_await bed.queue.send(bed.client, 7);
    const auto message = co_await bed.queue.receive(bed.client, 60_s);
    co_await bed.queue.change_visibility(bed.client, *message, 60_s);
    co_await bed.queue.remove(bed.client, *message);
    co_await bed.queue.visible(bed.client);
    for (int i = 0; i < 45; ++i) co_await bed.queue.receive(bed.client, 60_s);
  };
  bed.time_of(client());
  CHECK(bed.usage.count_of(accounting::Operation::queue_send) == 1);
  CHECK(bed.usage.count_of(accounting::Operation::queue_receive) == 1);
  CHECK(bed.usage.count_of(accounting::Operation::queue_receive_empty) == 45);
  CHECK(bed.usage.count_of(accounting::Operation::queue_extend) == 1);
  CHECK(bed.usage.count_of(accounting::Operation::queue_delete) == 1);
  CHECK(bed.usage.count_of(accounting::Operation::queue_attributes) == 1);
  // 50 * $0.40 / 1e6
  CHECK(bed.ledger.of(accounting::CostItem::queue) == Money::from_usd(0.00002));
}

}  // namespace
}  // namespace wukong::storage

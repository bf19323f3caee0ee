// The services that take the place of modelled ones where the network is not modelled.
#include <memory>

#include "runtime/in_process_metadata.h"
#include "runtime/untimed_store.h"
#include "sim/base/random.h"
#include "sim/platform/redis_metadata.h"
#include "sim/platform/redis_store.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::runtime {
namespace {

using sim::Operation;
using sim::StoreStatus;

// Puts some objects, and asks for these and for others.
sim::Task<> use_store(sim::ObjectStore& store, const sim::Host& client,
                      std::vector<StoreStatus>& replies) {
  store.preload(ObjectId(0), {Bytes(10), Bytes(20)});
  for (uint32_t i = 1; i < 4; ++i) {
    const sim::ObjectSize size{Bytes(100 * i), Bytes(7 * i)};
    replies.push_back(co_await store.put(client, ObjectId(i), size));
  }
  for (uint32_t i = 0; i < 6; ++i) {
    replies.push_back(co_await store.exists(client, ObjectId(i)));
    replies.push_back(co_await store.get(client, ObjectId(i)));
  }
}

TEST_CASE("a store without its network keeps the same books, in no time", "[runtime]") {
  sim::TestBed modelled;
  const sim::RedisSpec spec = sim::simple_redis();
  const std::array<sim::Host, 2> hosts{modelled.host(), modelled.host()};
  const sim::Host client = modelled.host();
  sim::RedisServers servers(modelled.engine, modelled.network, spec, hosts, sim::StoreSpec(), 1);
  sim::RedisStore redis(modelled.books, modelled.network, spec, servers);
  std::vector<StoreStatus> expected;
  CHECK(modelled.time_of(use_store(redis, client, expected)) > Duration::zero());

  sim::TestBed bed;
  UntimedStore store(bed.books);
  std::vector<StoreStatus> replies;
  CHECK(bed.time_of(use_store(store, client, replies)) == Duration::zero());
  CHECK(replies == expected);
  CHECK(bed.usage.operations == modelled.usage.operations);
  CHECK(bed.usage.read == modelled.usage.read);
  CHECK(bed.usage.nominal_read == modelled.usage.nominal_read);
  CHECK(bed.usage.written == modelled.usage.written);
  CHECK(bed.usage.nominal_written == modelled.usage.nominal_written);
  CHECK(bed.usage.missed_reads == 2);
  CHECK(modelled.usage.missed_reads == 2);
}

// Counters below `kNumbers` are numbers, the others are bits.
sim::CounterRequest random_request(RandomStream& random) {
  constexpr uint32_t kNumbers = 3;
  const auto counter = static_cast<uint32_t>(random.below(6));
  const bool changes = random.below(2) == 0;
  sim::CounterRequest request;
  request.counter = sim::CounterId(counter);
  request.bit = static_cast<uint32_t>(random.below(150));
  if (counter < kNumbers)
    request.action = changes ? sim::CounterAction::increment : sim::CounterAction::read;
  else if (changes)
    request.action = sim::CounterAction::set_bit;
  else
    request.action =
        random.below(2) == 0 ? sim::CounterAction::read : sim::CounterAction::read_others;
  return request;
}

sim::Task<> use_counters(sim::MetadataStore& store, const sim::Host& client,
                         std::vector<uint64_t>& values) {
  RandomStream random(7, "counters");
  for (int i = 0; i < 2000; ++i) {
    const sim::CounterRequest request = random_request(random);
    const sim::CounterReply reply = co_await store.count(client, request);
    values.push_back(reply.value.value());
  }
}

TEST_CASE("counters in this process answer what the modelled ones do, in no time", "[runtime]") {
  sim::TestBed modelled;
  const sim::RedisSpec spec = sim::simple_redis();
  const sim::Host client = modelled.host();
  sim::RedisMetadata redis(modelled.books, modelled.network, spec, modelled.host());
  std::vector<uint64_t> expected;
  CHECK(modelled.time_of(use_counters(redis, client, expected)) > Duration::zero());

  sim::TestBed bed;
  InProcessMetadata store(bed.books);
  std::vector<uint64_t> values;
  CHECK(bed.time_of(use_counters(store, client, values)) == Duration::zero());
  CHECK(values == expected);
  CHECK(bed.usage.operations == modelled.usage.operations);
}

}  // namespace
}  // namespace wukong::runtime

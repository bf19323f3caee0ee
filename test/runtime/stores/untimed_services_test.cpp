// The services that take the place of modelled ones where the network is not modelled.
#include <memory>

#include "runtime/stores/in_process_metadata.h"
#include "runtime/stores/untimed_store.h"
#include "sim/base/random.h"
#include "sim/storage/redis_metadata.h"
#include "sim/storage/redis_store.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::stores {
namespace {

using accounting::Operation;
using storage::StoreStatus;

// Puts some objects, and asks for these and for others.
engine::Task<> use_store(storage::ObjectStore& store, const hosts::Host& client,
                         std::vector<StoreStatus>& replies) {
  store.preload(ObjectId(0), {Bytes(10), Bytes(20)});
  for (uint32_t i = 1; i < 4; ++i) {
    const ObjectSize size{Bytes(100 * i), Bytes(7 * i)};
    replies.push_back(co_await store.put(client, ObjectId(i), size));
  }
  for (uint32_t i = 0; i < 6; ++i) {
    replies.push_back(co_await store.exists(client, ObjectId(i)));
    replies.push_back(co_await store.get(client, ObjectId(i)));
  }
}

TEST_CASE("a store without its network keeps the same books, in no time", "[runtime]") {
  test::TestBed modelled;
  const storage::RedisSpec spec = test::simple_redis();
  const std::array<hosts::Host, 2> hosts{modelled.host(), modelled.host()};
  const hosts::Host client = modelled.host();
  storage::RedisServers servers(modelled.engine, modelled.network, spec, hosts,
                                storage::StoreSpec(), 1);
  storage::RedisStore redis(modelled.books, modelled.network, spec, servers);
  std::vector<StoreStatus> expected;
  CHECK(modelled.time_of(use_store(redis, client, expected)) > Duration::zero());

  test::TestBed bed;
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

// Counters below `kNumbers` are numbers, those below `kBits` are bits, the others are claimed.
storage::CounterRequest random_request(RandomStream& random) {
  constexpr uint32_t kNumbers = 3;
  constexpr uint32_t kBits = 6;
  const auto counter = static_cast<uint32_t>(random.below(9));
  const bool changes = random.below(2) == 0;
  storage::CounterRequest request;
  request.counter = CounterId(counter);
  request.bit = static_cast<uint32_t>(random.below(150));
  request.claimant = 1 + static_cast<uint32_t>(random.below(5));
  if (counter >= kBits)
    request.action = changes ? storage::CounterAction::claim : storage::CounterAction::read;
  else if (counter < kNumbers)
    request.action = changes ? storage::CounterAction::increment : storage::CounterAction::read;
  else if (changes)
    request.action = storage::CounterAction::set_bit;
  else
    request.action =
        random.below(2) == 0 ? storage::CounterAction::read : storage::CounterAction::read_others;
  return request;
}

engine::Task<> use_counters(storage::MetadataStore& store, const hosts::Host& client,
                            std::vector<uint64_t>& values) {
  RandomStream random(7, "counters");
  for (int i = 0; i < 2000; ++i) {
    const storage::CounterRequest request = random_request(random);
    const storage::CounterReply reply = co_await store.count(client, request);
    values.push_back(reply.value.value());
  }
}

TEST_CASE("counters in this process answer what the modelled ones do, in no time", "[runtime]") {
  test::TestBed modelled;
  const storage::RedisSpec spec = test::simple_redis();
  const hosts::Host client = modelled.host();
  storage::RedisServer server(modelled.engine, modelled.network, spec, modelled.host(), 1);
  storage::RedisMetadata redis(modelled.books, modelled.network, spec, server);
  std::vector<uint64_t> expected;
  CHECK(modelled.time_of(use_counters(redis, client, expected)) > Duration::zero());

  test::TestBed bed;
  InProcessMetadata store(bed.books);
  std::vector<uint64_t> values;
  CHECK(bed.time_of(use_counters(store, client, values)) == Duration::zero());
  CHECK(values == expected);
  CHECK(bed.usage.operations == modelled.usage.operations);
}

}  // namespace
}  // namespace wukong::stores

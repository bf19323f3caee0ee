

#include "sim/storage/s3_store.h"

#include <algorithm>
#include <vector>

#include "sim/engine/trace.h"
#include "sim/hosts/host.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::storage {
namespace {

using namespace wukong::literals;

S3Spec simple_s3() {
  S3Spec spec;
  spec.read_latency_median = 27_ms;
  spec.write_latency_median = 40_ms;
  spec.head_latency_median = 20_ms;
  spec.latency_sigma = 0;
  spec.connection_bandwidth = Bandwidth::bytes_per_second(90'000'000);
  spec.reads_per_second = 5500;
  spec.writes_per_second = 3500;
  spec.retry_base = 100_ms;
  spec.retry_attempts = 12;
  spec.price_per_1000_reads = Money::from_usd(0.0004);
  spec.price_per_1000_writes = Money::from_usd(0.005);
  return spec;
}

struct Bucket : test::TestBed {
  explicit Bucket(const S3Spec& s3_spec = simple_s3(), uint64_t seed = 1)
      : spec(s3_spec), store(books, network, spec, seed) {}
  S3Spec spec;
  S3Store store;
  hosts::Host client = host();

  engine::Task<> get(ObjectId object, StoreStatus expected = StoreStatus::ok) {
    const StoreStatus status = co_await store.get(client, object);
    REQUIRE(status == expected);
  }
  engine::Task<> put(ObjectId object, Bytes bytes) {
    const ObjectSize size = test::sized(bytes);
    const StoreStatus status = co_await store.put(client, object, size);
    REQUIRE(status == StoreStatus::ok);
  }
  engine::Task<> exists(ObjectId object, StoreStatus expected) {
    const StoreStatus status = co_await store.exists(client, object);
    REQUIRE(status == expected);
  }
};

TEST_CASE("a request to S3 takes its latency and the object at one connection's bandwidth") {
  Bucket bed;
  // write: 40 ms + 90 MB / (90 MB/s); read: 27 ms + 1 s; head: 20 ms
  CHECK(bed.time_of(bed.put(ObjectId(0), 90 * test::kMegabyte)).count_ns() ==
        Approx((1_s + 40_ms).count_ns()).margin(2));
  CHECK(bed.time_of(bed.get(ObjectId(0))).count_ns() == Approx((1_s + 27_ms).count_ns()).margin(2));
  CHECK(bed.time_of(bed.exists(ObjectId(0), StoreStatus::ok)) == 20_ms);
  CHECK(bed.usage.read == 90 * test::kMegabyte);
  CHECK(bed.usage.nominal_written == 180 * test::kMegabyte);
}

TEST_CASE("the client's interface limits a transfer from S3 if it is slower than a connection") {
  Bucket bed;
  bed.client = bed.host(0.045);
  bed.store.preload(ObjectId(0), test::sized(90 * test::kMegabyte));
  // 27 ms + 90 MB / (45 MB/s)
  CHECK(bed.time_of(bed.get(ObjectId(0))).count_ns() == Approx((2_s + 27_ms).count_ns()).margin(2));
}

TEST_CASE("parallel gets from S3 do not slow each other down") {
  Bucket bed;
  bed.store.preload(ObjectId(0), test::sized(90 * test::kMegabyte));
  for (int i = 0; i < 100; ++i) bed.engine.spawn(bed.get(ObjectId(0)), "client");
  bed.engine.run();
  CHECK(bed.engine.now().count_ns() == Approx((1_s + 27_ms).count_ns()).margin(2));
}

TEST_CASE("a get of a missing object takes the latency, is charged, and moves no bytes") {
  Bucket bed;
  CHECK(bed.time_of(bed.get(ObjectId(9), StoreStatus::missing)) == 27_ms);
  CHECK(bed.ledger.of(accounting::CostItem::storage) == Money::pico_usd(400'000));
  CHECK(bed.usage.read == Bytes(0));
}

TEST_CASE("S3's latencies have the median and the tail of their distribution") {
  S3Spec spec = simple_s3();
  spec.latency_sigma = 0.62;
  Bucket bed(spec);
  bed.store.preload(ObjectId(0), test::sized(Bytes(0)));
  std::vector<double> milliseconds;
  for (int i = 0; i < 20'000; ++i)
    milliseconds.push_back(bed.time_of(bed.get(ObjectId(0))).to_milliseconds());
  std::sort(milliseconds.begin(), milliseconds.end());
  // Quantile q of a lognormal: median * exp(0.62 * z(q)); z(0.05) = -1.645, z(0.95) = 1.645. The
  // standard error of these with 20,000 draws is at most 0.62 * 1.5 %.
  CHECK(milliseconds[10'000] == Approx(27).epsilon(0.03));
  CHECK(milliseconds[1'000] == Approx(27 / 2.773).epsilon(0.04));
  CHECK(milliseconds[19'000] == Approx(27 * 2.773).epsilon(0.04));
}

TEST_CASE("requests beyond the limit come back until the bucket has let them through") {
  constexpr size_t kRequests = 20'000;
  constexpr size_t kBurst = 5500;
  S3Spec spec = simple_s3();
  spec.retry_base = 1_s;
  Bucket bed(spec);
  bed.store.preload(ObjectId(0), test::sized(Bytes(0)));
  std::vector<double> ends;  // of the admission: 27 ms before the reply
  auto client = [&]() -> engine::Task<> {
    co_await bed.get(ObjectId(0));
    ends.push_back((bed.engine.now() - 27_ms).to_seconds());
  };
  for (size_t i = 0; i < kRequests; ++i) bed.engine.spawn(client(), "client");
  bed.engine.run();
  REQUIRE(ends.size() == kRequests);
  // Never more than burst + rate * t of them.
  for (size_t i = 0; i < kRequests; ++i)
    REQUIRE(static_cast<double>(i + 1) <= kBurst + 5500 * ends[i] + 1e-3);
  // All of them need (N - burst) / rate = (20,000 - 5500) / 5500 = 2.636 s if no token is left
  // unused. Clients wait for random times, so a few are late, but most are not.
  CHECK(ends[kRequests * 95 / 100] <= 1.1 * 2.636);
  CHECK(bed.usage.count_of(accounting::Operation::retry) >= kRequests - kBurst);
  // Only admitted requests are charged: 20,000 * $0.0004 / 1000.
  CHECK(bed.ledger.of(accounting::CostItem::storage) == Money::from_usd(0.008));
}

TEST_CASE("one second's worth of requests passes S3's limit at once, and no more") {
  Bucket bed;
  for (int i = 0; i < 5500; ++i)
    bed.engine.spawn(bed.exists(ObjectId(0), StoreStatus::missing), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() == 20_ms);
  CHECK(bed.usage.count_of(accounting::Operation::retry) == 0);
  // In those 20 ms the bucket has got 5500 * 0.02 = 110 tokens back.
  for (int i = 0; i < 111; ++i)
    bed.engine.spawn(bed.exists(ObjectId(0), StoreStatus::missing), "client");
  bed.engine.run();
  CHECK(bed.usage.count_of(accounting::Operation::retry) >= 1);
  CHECK(bed.usage.count_of(accounting::Operation::retry) < 10);
}

TEST_CASE("a client whose attempts are used up sees that S3 is unavailable") {
  S3Spec spec = simple_s3();
  spec.reads_per_second = 1;
  spec.retry_base = 1_ms;
  spec.retry_attempts = 3;
  Bucket bed(spec);
  bed.store.preload(ObjectId(0), test::sized(Bytes(0)));
  bed.engine.spawn(bed.get(ObjectId(0)), "first");
  bed.engine.spawn(bed.get(ObjectId(0), StoreStatus::unavailable), "second");
  bed.engine.run();
  // Four 503s of 20 ms each, and back-offs of less than 1, 2 and 4 ms.
  CHECK(bed.engine.now().since_start() >= 80_ms);
  CHECK(bed.engine.now().since_start() < 87_ms);
  CHECK(bed.usage.count_of(accounting::Operation::retry) == 3);
}

TEST_CASE("reads and writes have limits and prices of their own") {
  S3Spec spec = simple_s3();
  spec.reads_per_second = 1;
  Bucket bed(spec);
  for (size_t i = 0; i < 1000; ++i) bed.engine.spawn(bed.put(ObjectId(i), Bytes(0)), "client");
  bed.engine.run();
  CHECK(bed.engine.now().since_start() == 40_ms);
  CHECK(bed.usage.count_of(accounting::Operation::retry) == 0);
  // 1000 * $0.005 / 1000
  CHECK(bed.ledger.of(accounting::CostItem::storage) == Money::from_usd(0.005));
  CHECK(bed.usage.count_of(accounting::Operation::object_put) == 1000);
}

TEST_CASE("the same seed gives the same latencies, another seed others") {
  S3Spec spec = simple_s3();
  spec.latency_sigma = 0.62;
  auto run = [&](uint64_t seed) {
    Bucket bed(spec, seed);
    bed.time_of(bed.put(ObjectId(0), Bytes(5)));
    bed.time_of(bed.get(ObjectId(0)));
    return bed.engine.trace().hash();
  };
  CHECK(run(1) == run(1));
  CHECK(run(1) != run(2));
}

}  // namespace
}  // namespace wukong::storage

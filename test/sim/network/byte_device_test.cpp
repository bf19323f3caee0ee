#include "sim/network/byte_device.h"

#include <vector>

#include "sim/engine/sync.h"
#include "sim/fluid/fluid.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::network {
namespace {

using namespace wukong::literals;

engine::Task<> pass_one(const ByteDevice& device, Bytes bytes, Bandwidth cap) {
  co_await device.pass(bytes, cap);
}

// How long so many take that pass at once.
Duration time_to_pass(test::TestBed& bed, const ByteDevice& device, Bytes bytes, int count,
                      Bandwidth cap = Bandwidth::unlimited()) {
  const auto all = [&]() -> engine::Task<> {
    engine::TaskGroup group(bed.engine);
    for (int i = 0; i < count; ++i) group.spawn(pass_one(device, bytes, cap), "a user");
    co_await group.join();
  };
  return bed.time_of(all());
}

TEST_CASE("users of a disk share it, and none is faster than its cap") {
  // 10 MB each at 100 MB/s: one alone 100 ms, four 400 ms; one at a cap of 10 MB/s takes 1 s.
  test::TestBed bed;
  const Disk disk(bed.pool, Bandwidth::bytes_per_second(100'000'000));
  CHECK(time_to_pass(bed, disk, 10 * test::kMegabyte, 1) == 100_ms);
  CHECK(time_to_pass(bed, disk, 10 * test::kMegabyte, 4) == 400_ms);
  const auto cap = Bandwidth::bytes_per_second(10'000'000);
  CHECK(time_to_pass(bed, disk, 10 * test::kMegabyte, 1, cap) == 1_s);
}

TEST_CASE("a copy of a device is the same device") {
  test::TestBed bed;
  const Disk disk(bed.pool, Bandwidth::bytes_per_second(100'000'000));
  const Disk copy = disk;
  const auto both = [&]() -> engine::Task<> {
    engine::TaskGroup group(bed.engine);
    group.spawn(pass_one(disk, 10 * test::kMegabyte, Bandwidth::unlimited()), "a user");
    group.spawn(pass_one(copy, 10 * test::kMegabyte, Bandwidth::unlimited()), "another");
    co_await group.join();
  };
  CHECK(bed.time_of(both()) == 200_ms);
}

TEST_CASE("bytes as few as a message of the network share a device all the same") {
  // The bed's messages have up to 1000 bytes. Four times 500 bytes at 1 MB/s: 2 ms, not 500 us.
  test::TestBed bed;
  const auto rate = Bandwidth::bytes_per_second(1'000'000);
  CHECK(time_to_pass(bed, network::Disk(bed.pool, rate), Bytes(500), 4) == 2_ms);
  CHECK(time_to_pass(bed, network::MemoryBus(bed.pool, rate), Bytes(500), 4) == 2_ms);
  CHECK(time_to_pass(bed, network::PageFaults(bed.pool, rate), Bytes(500), 4) == 2_ms);
}

}  // namespace
}  // namespace wukong::network

#include "sim/platform/platform.h"

#include "sim/accounting/ledger.h"
#include "sim/base/error.h"
#include "sim/engine/clock_driver.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform_spec.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/redis_store.h"
#include "test/catch.h"

namespace wukong::platform {
namespace {

using namespace wukong::literals;

hosts::MachineType hourly(double usd) {
  hosts::MachineType type;
  type.vcpus = 4;
  type.memory = Bytes::gibi(30);
  type.network.rate = Bandwidth::bytes_per_second(1'000'000'000);
  type.memory_bandwidth = Bandwidth::bytes_per_second(1'000'000'000);
  type.price_per_hour = Money::from_usd(usd);
  type.minimum_billing = 60_s;
  return type;
}

// Its functions are well formed, but never called.
PlatformSpec bare_platform() {
  PlatformSpec spec;
  spec.redis.bandwidth = Bandwidth::mebi_per_second(100);
  spec.redis.large_bandwidth = Bandwidth::mebi_per_second(100);
  spec.functions.cold_start.runtime = "python";
  spec.functions.cold_start.package = "zip";
  functions::ColdStartDistribution& cold_start = spec.functions.cold_starts["python_zip"];
  cold_start.probabilities = {0, 1};
  cold_start.added_latency_ms = {100, 200};
  return spec;
}

engine::Task<> pass(engine::Engine& engine, Duration time) { co_await engine.sleep(time); }

TEST_CASE("a machine is billed by the second, rounded up, and for a minute at least") {
  const hosts::MachineType type = hourly(3.6);  // a tenth of a cent per second
  CHECK(hosts::rental_cost(type, 0_s) == Money::from_usd(0.060));
  CHECK(hosts::rental_cost(type, 59_s) == Money::from_usd(0.060));
  CHECK(hosts::rental_cost(type, 60_s) == Money::from_usd(0.060));
  CHECK(hosts::rental_cost(type, 60_s + 1_ns) == Money::from_usd(0.061));
  CHECK(hosts::rental_cost(type, 3600_s) == Money::from_usd(3.6));
}

TEST_CASE("a machine that is kept for many runs is billed for exactly the time of this one") {
  hosts::MachineType type = hourly(3.6);
  type.minimum_billing.reset();
  CHECK(hosts::rental_cost(type, 0_s) == Money());
  CHECK(hosts::rental_cost(type, 217_ms) == Money::from_usd(0.000217));
  CHECK(hosts::rental_cost(type, 60_s + 1_ms) == Money::from_usd(0.060001));
}

TEST_CASE("rented machines are charged from their rental to the end, storage as storage") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  PlatformSpec spec = bare_platform();
  spec.machines["vm"] = hourly(3.6);
  spec.machines["node"] = hourly(0.36);
  Platform platform(engine, spec, 1);
  platform.rent("vm");
  storage::StoreSpec store;
  store.shards = 75;
  store.machine = "node";
  platform.add_store(store);
  engine.spawn(pass(engine, 100_s), "client");
  engine.run();
  platform.rent("vm");
  engine.spawn(pass(engine, 100_s), "client");
  engine.run();
  platform.settle();
  // 200 s and 100 s at $0.001; 75 nodes for 200 s at $0.0001
  CHECK(platform.ledger().of(accounting::CostItem::machines) == Money::from_usd(0.3));
  CHECK(platform.ledger().of(accounting::CostItem::storage) == Money::from_usd(1.5));
  CHECK(platform.ledger().total() == Money::from_usd(1.8));
}

TEST_CASE("a machine type that the platform does not have is an error that names a near one") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  PlatformSpec spec = bare_platform();
  spec.machines["c5.4xlarge"] = hourly(0.68);
  Platform platform(engine, spec, 1);
  REQUIRE_THROWS_AS(platform.rent("c5.4xlarg"), Error);
  try {
    platform.rent("c5.4xlarg");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("c5.4xlarge") != std::string::npos);
  }
}

TEST_CASE("machines have hosts, cores and links of their own") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  PlatformSpec spec = bare_platform();
  spec.machines["vm"] = hourly(1);
  Platform platform(engine, spec, 1);
  const hosts::Machine& first = platform.rent("vm");
  const hosts::Machine& second = platform.rent("vm");
  CHECK(first.host.id != second.host.id);
  CHECK(first.host.inbound != first.host.outbound);
  CHECK(first.host.inbound != second.host.inbound);
  CHECK(first.host.memory == Bytes::gibi(30));
  CHECK(first.cores.available() == 4);
}

TEST_CASE("a platform kills what still runs on it before its services go") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  PlatformSpec spec = bare_platform();
  spec.machines["vm"] = hourly(1);
  spec.redis.round_trip = 1_ms;
  auto forever = [](engine::Channel<uint64_t>& channel) -> engine::Task<> {
    while (true) co_await channel.receive();
  };
  {
    Platform platform(engine, spec, 1);
    const hosts::Machine& server = platform.rent("vm");
    storage::MetadataStore& store = platform.add_metadata_store(server.host);
    engine.spawn(forever(store.subscribe(server.host, ChannelId(0))), "listener");
    CHECK_THROWS_AS(engine.run(), engine::Deadlock);
  }
  CHECK(engine.live_processes() == 0);
}

TEST_CASE("each store of a platform has servers of its own, and S3 is one address to all") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  PlatformSpec spec = bare_platform();
  spec.machines["vm"] = hourly(1);
  spec.redis.max_clients = 5;
  Platform platform(engine, spec, 1);
  storage::StoreSpec redis;
  redis.shards = 1;
  redis.machine = "vm";
  storage::ObjectStore& first = platform.add_store(redis);
  storage::ObjectStore& second = platform.add_store(redis);
  storage::StoreSpec s3;
  s3.kind = storage::StoreKind::s3;
  storage::ObjectStore& third = platform.add_store(s3);
  CHECK(platform.servers_of(first).connect(ObjectId(0), 5));
  CHECK_FALSE(platform.servers_of(first).connect(ObjectId(1), 1));
  CHECK(platform.servers_of(second).connect(ObjectId(0), 5));
  CHECK(platform.servers_of(third).connect(ObjectId(0), 1'000'000));
  CHECK(platform.servers_of(third).server_of(ObjectId(7)) == 0);
}

}  // namespace
}  // namespace wukong::platform

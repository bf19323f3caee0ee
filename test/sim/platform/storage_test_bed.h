// An engine, a network and counters for tests of one storage service at a time.
#pragma once

#include "sim/engine/engine.h"
#include "sim/platform/books.h"
#include "sim/platform/network.h"
#include "sim/platform/object_store.h"
#include "sim/platform/storage_spec.h"

namespace wukong::sim {

constexpr Bytes kMegabyte(1'000'000);

inline ObjectSize sized(Bytes bytes) { return ObjectSize{.actual = bytes, .nominal = 2 * bytes}; }

// Round numbers, so that expected times can be written down.
inline RedisSpec simple_redis() {
  RedisSpec spec;
  spec.round_trip = Duration::microseconds(500);
  spec.command_time = Duration::microseconds(10);
  spec.read_crowding_flows = 1e9;
  spec.write_crowding_flows = 1e9;
  spec.max_clients = 10'000;
  spec.read_bandwidth = Bandwidth::bytes_per_second(10'000'000'000);
  spec.write_bandwidth = Bandwidth::bytes_per_second(10'000'000'000);
  spec.publish_time = Duration::microseconds(4);
  return spec;
}

struct TestBed {
  // Gigabytes a second, each way, of a host's interface that must not be the bottleneck.
  static constexpr int64_t kFast = 100;

  VirtualClock clock;
  Engine engine{clock};
  fluid::Pool pool{engine};
  Network network{pool, Bytes(1000)};
  Usage usage;
  Ledger ledger;
  const Books books{engine, usage, ledger};
  uint32_t hosts = 0;

  Host host(double gigabytes_per_second = kFast, Bytes memory = Bytes::gibi(1)) {
    LinkSpec link;
    link.rate = Bandwidth::bytes_per_second(static_cast<int64_t>(gigabytes_per_second * 1e9));
    Host made;
    made.id = HostId(hosts++);
    made.memory = memory;
    made.inbound = network.add_link(link);
    made.outbound = network.add_link(link);
    return made;
  }

  // Runs one client to its end. Returns how long it took.
  Duration time_of(Task<> client) {
    const Time start = engine.now();
    engine.spawn(std::move(client), "client");
    engine.run();
    return engine.now() - start;
  }
};

}  // namespace wukong::sim

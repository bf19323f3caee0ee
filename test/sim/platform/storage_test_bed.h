// An engine, a network and counters for tests of one storage service at a time.
#pragma once

#include "sim/accounting/books.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/fluid/fluid.h"
#include "sim/hosts/host.h"
#include "sim/network/network.h"
#include "sim/storage/object_store.h"
#include "sim/storage/storage_spec.h"

namespace wukong::test {

constexpr Bytes kMegabyte(1'000'000);

inline ObjectSize sized(Bytes bytes) { return ObjectSize{.actual = bytes, .nominal = 2 * bytes}; }

// Round numbers, so that expected times can be written down.
inline storage::RedisSpec simple_redis() {
  storage::RedisSpec spec;
  spec.round_trip = Duration::microseconds(500);
  spec.command_time = Duration::microseconds(10);
  spec.crowding_flows = 1e9;
  spec.max_clients = 10'000;
  spec.bandwidth = Bandwidth::bytes_per_second(10'000'000'000);
  spec.large_value = Bytes::gibi(1);
  spec.large_bandwidth = spec.bandwidth;
  spec.publish_time = Duration::microseconds(4);
  return spec;
}

struct TestBed {
  // Gigabytes a second, each way, of a host's interface that must not be the bottleneck.
  static constexpr int64_t kFast = 100;

  engine::VirtualClock clock;
  engine::Engine engine{clock};
  fluid::Pool pool{engine};
  network::Network network{pool, Bytes(1000)};
  accounting::Usage usage;
  accounting::Ledger ledger;
  const accounting::Books books{engine, usage, ledger};
  uint32_t hosts = 0;

  hosts::Host host(double gigabytes_per_second = kFast, Bytes memory = Bytes::gibi(1)) {
    network::LinkSpec link;
    link.rate = Bandwidth::bytes_per_second(static_cast<int64_t>(gigabytes_per_second * 1e9));
    hosts::Host made;
    made.id = HostId(hosts++);
    made.memory = memory;
    made.inbound = network.add_link(link);
    made.outbound = network.add_link(link);
    return made;
  }

  // Runs one client to its end. Returns how long it took.
  Duration time_of(engine::Task<> client) {
    const Time start = engine.now();
    engine.spawn(std::move(client), "client");
    engine.run();
    return engine.now() - start;
  }
};

}  // namespace wukong::test

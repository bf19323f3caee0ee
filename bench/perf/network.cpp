// What a transfer costs in the loads that simulations make, next to what the event queue alone
// would cost: each case keeps a constant number of transfers under way, started one by one.
#include <fmt/format.h>

#include <vector>

#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "sim/base/random.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/fluid/fluid.h"
#include "sim/fluid/rate_count.h"
#include "sim/network/network.h"

namespace wukong::perf {
namespace {

using engine::Engine;
using engine::Task;
using engine::VirtualClock;
using network::LinkSpec;
using network::Network;
using network::Route;

constexpr uint64_t kSeed = 1;

Task<> sleeper(Engine& engine, RandomStream& random, int64_t& left) {
  co_await engine.sleep(Duration::nanoseconds(static_cast<int64_t>(random.below(50'000'000))));
  while (left-- > 0)
    co_await engine.sleep(Duration::nanoseconds(static_cast<int64_t>(random.below(50'000'000))));
}

LinkSpec plain(int64_t megabytes_per_second) {
  return LinkSpec{Bandwidth::bytes_per_second(megabytes_per_second * 1'000'000), std::nullopt,
                  Bandwidth()};
}

struct Load {
  explicit Load(Network& used) : network(used), random(kSeed, "network bench") {}
  virtual ~Load() = default;
  virtual Route route(size_t index) = 0;

  Network& network;
  RandomStream random;
};

// Sends one transfer after another over routes that the load draws.
Task<> sender(Engine& engine, Load& load, size_t index, int64_t& left) {
  co_await engine.sleep(Duration::nanoseconds(static_cast<int64_t>(load.random.below(50'000'000))));
  while (left-- > 0) {
    const Route route = load.route(index);
    const Bytes amount(static_cast<int64_t>(500'000 + load.random.below(4'000'000)));
    co_await load.network.transfer(amount, route);
  }
}

// Functions with a network interface each, and shards.
struct Star : Load {
  Star(Network& used, size_t functions, size_t shards, size_t transfers_per_function,
       bool equal_interfaces, std::optional<Bytes> burst = std::nullopt)
      : Load(used), per_function(transfers_per_function) {
    for (size_t i = 0; i < shards; ++i) shard.push_back(network.add_link(plain(1'250)));
    for (size_t i = 0; i < functions; ++i) {
      const auto other = static_cast<int64_t>(random.below(70));
      LinkSpec spec = plain(equal_interfaces ? 75 : 5 + other);
      spec.burst = burst;
      spec.burst_rate = Bandwidth::mebi_per_second(1'200);
      interface.push_back(network.add_link(spec));
    }
  }
  Route route(size_t index) override {
    return Route().via(shard[random.below(shard.size())]).via(interface[index / per_function]);
  }
  size_t per_function;
  std::vector<LinkId> shard;
  std::vector<LinkId> interface;
};

struct AllToAll : Load {
  AllToAll(Network& used, size_t machines) : Load(used) {
    for (size_t i = 0; i < machines; ++i) {
      outbound.push_back(network.add_link(plain(1'250)));
      inbound.push_back(network.add_link(plain(1'250)));
    }
  }
  Route route(size_t) override {
    return Route()
        .via(outbound[random.below(outbound.size())])
        .via(inbound[random.below(inbound.size())]);
  }
  std::vector<LinkId> outbound;
  std::vector<LinkId> inbound;
};

struct OneLink : Load {
  explicit OneLink(Network& used) : Load(used), link(network.add_link(plain(10'000))) {}
  Route route(size_t) override { return Route().via(link); }
  LinkId link;
};

template <class Kind, class... Args>
double seconds_of_transfers(size_t concurrent, int64_t transfers, Args... args) {
  VirtualClock clock;
  Engine engine(clock);
  fluid::Pool pool(engine);
  Network network(pool, Bytes(0));
  Kind load(network, args...);
  int64_t left = transfers;
  for (size_t i = 0; i < concurrent; ++i) engine.spawn(sender(engine, load, i, left), "sender");
  const Stopwatch stopwatch;
  engine.run();
  return stopwatch.seconds();
}

// The same number of processes and events, without a network.
double seconds_of_sleeps(size_t concurrent, int64_t transfers) {
  VirtualClock clock;
  Engine engine(clock);
  RandomStream random(kSeed, "bare loop");
  int64_t left = transfers;
  for (size_t i = 0; i < concurrent; ++i) engine.spawn(sleeper(engine, random, left), "sleeper");
  const Stopwatch stopwatch;
  engine.run();
  return stopwatch.seconds();
}

// Also how many rates change for each transfer, which no exact solver can avoid.
template <class Kind, class... Args>
void compare(Harness& harness, const char* name, size_t concurrent, int64_t transfers,
             Args... args) {
  const auto items = static_cast<uint64_t>(transfers);
  uint64_t changes = 0;
  harness.compare(
      name, items,
      [&] {
        const uint64_t before = fluid::rates_changed();
        const double seconds = seconds_of_transfers<Kind>(concurrent, transfers, args...);
        changes = fluid::rates_changed() - before;
        return seconds;
      },
      [=] { return seconds_of_sleeps(concurrent, transfers); });
  if (!harness.wanted(name)) return;
  const double each = static_cast<double>(changes) / static_cast<double>(items);
  const double time = harness.measured().find(name)->second.nanoseconds.median;
  harness.note(
      fmt::format("changed rates a transfer: {:.1f}, of {:.1f} ns each", each, time / each));
}

}  // namespace

void benchmark_network(Harness& harness) {
  const auto burst = Bytes::mebi(300);
  compare<Star>(harness, "transfer, 10,000 at once over 75 shards", 10'000, 200'000, 10'000, 75, 1,
                true);
  compare<Star>(harness, "transfer, the same, 70 kinds of interfaces", 10'000, 100'000, 10'000, 75,
                1, false);
  compare<Star>(harness, "transfer, the same, 4 to an interface", 10'000, 50'000, 2'500, 75, 4,
                true);
  compare<Star>(harness, "transfer, the same, interfaces that burst", 10'000, 50'000, 10'000, 75, 1,
                true, burst);
  compare<AllToAll>(harness, "transfer, 4,000 at once among 125 machines", 4'000, 8'000, 125);
  compare<AllToAll>(harness, "transfer, 1,000 at once among 125 machines", 1'000, 10'000, 125);
  compare<OneLink>(harness, "transfer, 10,000 at once over one link", 10'000, 200'000);
}

}  // namespace wukong::perf

#include "sim/platform/network.h"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <vector>

#include "test/catch.h"
#include "test/sim/platform/network_test_bed.h"

namespace wukong::sim {
namespace {

using namespace literals;

TEST_CASE("a single flow takes its amount over the slowest link's rate, rounded up") {
  NetworkTestBed f;
  const LinkId slow = f.link(3'000);
  const LinkId fast = f.link(1'000'000);
  std::optional<Time> end;
  f.send(0_ns, 1'000, over({fast, slow}), end);
  f.run();
  CHECK(*end == at(333'333'334_ns));  // 1000 B / 3000 B/s
  CHECK(f.network.carried(slow) == Bytes(1'000));
  CHECK(f.network.carried(fast) == Bytes(1'000));
  CHECK(f.network.active_flows() == 0);
}

TEST_CASE("a time that comes out even is not rounded up by a rounding error") {
  // 700 links of odd rates r: r * 7 bytes take 7 s exactly.
  NetworkTestBed f;
  std::vector<std::optional<Time>> ends(700);
  for (size_t i = 0; i < ends.size(); ++i) {
    const int64_t r = 100'003 + 7'919 * static_cast<int64_t>(i);
    f.send(Duration::nanoseconds(static_cast<int64_t>(i)), 7 * r, over({f.link(r)}), ends[i]);
  }
  f.run();
  for (size_t i = 0; i < ends.size(); ++i)
    CHECK(*ends[i] == at(7_s + Duration::nanoseconds(static_cast<int64_t>(i))));
}

TEST_CASE("flows that start together on one link end together") {
  NetworkTestBed f;
  const LinkId shared = f.link(1'000'000);
  std::vector<std::optional<Time>> ends(100);
  for (auto& end : ends) f.send(1_s, 10'000, over({shared}), end);
  f.run();
  for (const auto& end : ends) CHECK(*end == at(2_s));  // 100 * 10,000 B / 1 MB/s
}

TEST_CASE("a flow that ends frees its share for the others") {
  // 10 kB/s; amounts 10, 20, 30 kB from the same moment. All at 10/3 until 3 s; then 5 each until
  // the second has its other 10 kB at 5 s; the third has 10 kB left then: 6 s.
  NetworkTestBed f;
  const LinkId shared = f.link(10'000);
  std::optional<Time> first, second, third;
  f.send(0_s, 10'000, over({shared}), first);
  f.send(0_s, 20'000, over({shared}), second);
  f.send(0_s, 30'000, over({shared}), third);
  f.run();
  CHECK(*first == at(3_s));
  CHECK(*second == at(5_s));
  CHECK(*third == at(6_s));
}

TEST_CASE("a late flow slows the one that is under way") {
  // 10 kB/s. A: 30 kB from 0 s; B: 5 kB from 1 s. A has 20 kB left at 1 s; both at 5 kB/s until B
  // ends at 2 s; A's last 15 kB take 1.5 s.
  NetworkTestBed f;
  const LinkId shared = f.link(10'000);
  std::optional<Time> a, b;
  f.send(0_s, 30'000, over({shared}), a);
  f.send(1_s, 5'000, over({shared}), b);
  f.run();
  CHECK(*b == at(2_s));
  CHECK(*a == at(3500_ms));
}

TEST_CASE("a crossing flow is as fast as its bottleneck, and the other link's flow has the rest") {
  // Links 6 and 20 kB/s. On the first: local and crossing flow, 3 kB/s each; the second's local
  // flow gets 17 kB/s. The local ones carry 9 and 51 kB: 3 s; then the crossing one alone: 6 kB/s.
  NetworkTestBed f;
  const LinkId narrow = f.link(6'000);
  const LinkId wide = f.link(20'000);
  std::optional<Time> local, crossing, beside;
  f.send(0_s, 9'000, over({narrow}), local);
  f.send(0_s, 21'000, over({narrow, wide}), crossing);
  f.send(0_s, 51'000, over({wide}), beside);
  f.run();
  CHECK(*local == at(3_s));
  CHECK(*beside == at(3_s));
  CHECK(*crossing == at(5_s));  // 9 kB by 3 s, then 12 kB at 6 kB/s
  CHECK(f.network.carried(narrow) == Bytes(30'000));
  CHECK(f.network.carried(wide) == Bytes(72'000));
}

TEST_CASE("a cap below the share holds its flow back and leaves the rest to the others") {
  // 10 kB/s: capped at 2 kB/s, and an open flow: 8 kB/s. 4 kB and 16 kB both take 2 s.
  NetworkTestBed f;
  const LinkId shared = f.link(10'000);
  std::optional<Time> capped, open;
  f.send(0_s, 4'000, over({shared}), capped, rate(2'000));
  f.send(0_s, 16'000, over({shared}), open);
  f.run();
  CHECK(*capped == at(2_s));
  CHECK(*open == at(2_s));
}

TEST_CASE("a transfer over no link runs at its cap") {
  NetworkTestBed f;
  std::optional<Time> end;
  f.send(0_s, 5'000, over({}), end, rate(1'000));
  f.run();
  CHECK(*end == at(5_s));
}

TEST_CASE("a second flow on an interface shares it with the one that had it for itself") {
  // Interface 10 kB/s, shards 100 kB/s. A: 30 kB from 0 s. B: 10 kB from 2 s. At 2 s A has 10 kB
  // left; both at 5 kB/s: both end at 4 s.
  NetworkTestBed f;
  const LinkId interface = f.link(10'000);
  const LinkId shard0 = f.link(100'000);
  const LinkId shard1 = f.link(100'000);
  std::optional<Time> a, b;
  f.send(0_s, 30'000, over({shard0, interface}), a);
  f.send(2_s, 10'000, over({shard1, interface}), b);
  f.run();
  CHECK(*a == at(4_s));
  CHECK(*b == at(4_s));
  CHECK(f.network.carried(interface) == Bytes(40'000));
}

TEST_CASE("rates and carried bytes can be asked for while flows are under way") {
  NetworkTestBed f;
  const LinkId shared = f.link(10'000);
  std::optional<Time> a, b;
  f.send(0_s, 50'000, over({shared}), a);
  f.send(0_s, 50'000, over({shared}), b, rate(1'000));
  const auto watch = [](NetworkTestBed& watched, LinkId link) -> Task<> {
    co_await watched.engine.sleep(0_ns);
    co_await watched.engine.sleep(2_s);
    CHECK(watched.network.active_flows() == 2);
    CHECK(watched.network.rate_of(link) == Approx(10'000));
    CHECK(watched.network.carried(link) == Bytes(20'000));
  };
  f.engine.spawn(watch(f, shared), "watch");
  f.run();
}

TEST_CASE("a message takes the time of the slowest rate whatever else is going on") {
  VirtualClock clock;
  Engine engine(clock);
  Network network(engine, Bytes(1'000));
  const LinkId link = network.add_link(LinkSpec{rate(10'000), std::nullopt, Bandwidth()});
  std::vector<Time> ends;
  const auto send = [](Engine& e, Network& n, LinkId l, int64_t bytes,
                       std::vector<Time>& times) -> Task<> {
    Route route;
    route.via(l);
    co_await n.transfer(Bytes(bytes), route);
    times.push_back(e.now());
  };
  engine.spawn(send(engine, network, link, 0, ends), "empty");
  engine.spawn(send(engine, network, link, 1'000, ends), "message");
  engine.spawn(send(engine, network, link, 20'000, ends), "flow");
  engine.run();
  REQUIRE(ends.size() == 3);
  CHECK(ends[0] == at(0_s));
  CHECK(ends[1] == at(100_ms));
  CHECK(ends[2] == at(2_s));  // as if alone
  CHECK(network.carried(link) == Bytes(21'000));
}

TEST_CASE("destroying a transfer's coroutine ends the flow and frees its share") {
  // 10 kB/s, two flows of 20 kB; one is killed at 1 s with 5 kB through. The other has 15 kB left:
  // 1.5 s more.
  NetworkTestBed f;
  const LinkId shared = f.link(10'000);
  std::optional<Time> killed, other;
  Process& victim = f.send(0_s, 20'000, over({shared}), killed);
  f.send(0_s, 20'000, over({shared}), other);
  const auto kill = [](Engine& engine, Process& process) -> Task<> {
    co_await engine.sleep(1_s);
    engine.kill(process);
  };
  f.engine.spawn(kill(f.engine, victim), "killer");
  f.run();
  CHECK_FALSE(killed.has_value());
  CHECK(*other == at(2500_ms));
  CHECK(f.network.carried(shared) == Bytes(25'000));
}

TEST_CASE("a transfer can be destroyed after its end and before its coroutine runs on") {
  // The killer runs first at 2 s: it started later, but both flows end at that instant.
  NetworkTestBed f;
  const LinkId shared = f.link(10'000);
  std::optional<Time> first, second;
  struct Killer {
    static Task<> run(NetworkTestBed& fixture, LinkId link, Process*& victim,
                      std::optional<Time>& end) {
      Route route;
      route.via(link);
      co_await fixture.network.transfer(Bytes(10'000), route);
      end = fixture.engine.now();
      fixture.engine.kill(*victim);
    }
  };
  Process* victim = nullptr;
  f.engine.spawn(Killer::run(f, shared, victim, first), "killer");
  victim = &f.send(0_s, 10'000, over({shared}), second);
  f.run();
  CHECK(*first == at(2_s));
  CHECK_FALSE(second.has_value());
  CHECK(f.network.carried(shared) == Bytes(20'000));
  CHECK(f.network.active_flows() == 0);
}

TEST_CASE("a killed message leaves nothing behind") {
  VirtualClock clock;
  Engine engine(clock);
  Network network(engine, Bytes(1'000));
  const LinkId link = network.add_link(LinkSpec{rate(10), std::nullopt, Bandwidth()});
  const auto send = [](Network& n, LinkId l) -> Task<> {
    Route route;
    route.via(l);
    co_await n.transfer(Bytes(100), route);
    FAIL("the message should have been killed");
  };
  const auto kill = [](Engine& e, Process& process) -> Task<> {
    co_await e.sleep(1_s);
    e.kill(process);
  };
  Process& victim = engine.spawn(send(network, link), "message");
  engine.spawn(kill(engine, victim), "killer");
  engine.run();
  CHECK(engine.now() == at(1_s));
  CHECK(engine.events().empty());
}

TEST_CASE("a network may go before the transfers that wait on it") {
  VirtualClock clock;
  Engine engine(clock);
  std::optional<Network> network(std::in_place, engine, Bytes(0));
  const LinkId link = network->add_link(LinkSpec{rate(10), std::nullopt, Bandwidth()});
  const auto send = [](Network& n, LinkId l) -> Task<> {
    Route route;
    route.via(l);
    co_await n.transfer(Bytes(1'000'000), route);
  };
  const auto stop = [](Engine& e) -> Task<> {
    co_await e.sleep(1_s);
    throw std::runtime_error("stop");
  };
  engine.spawn(send(*network, link), "flow");
  engine.spawn(stop(engine), "stop");
  CHECK_THROWS(engine.run());
  network.reset();
  engine.clear();
}

TEST_CASE("a removed link's id is used again, with a fresh count") {
  NetworkTestBed f;
  const LinkId old = f.link(10'000);
  std::optional<Time> end;
  f.send(0_s, 10'000, over({old}), end);
  f.run();
  f.network.remove_link(old);
  const LinkId fresh = f.link(20'000);
  CHECK(fresh == old);
  CHECK(f.network.carried(fresh) == Bytes(0));
  f.send(0_s, 20'000, over({fresh}), end);
  f.run();
  CHECK(*end == at(2_s));
}

TEST_CASE("transfers that end at the same instant go on in the order of their start") {
  NetworkTestBed f;
  std::vector<LinkId> links;
  for (int i = 0; i < 8; ++i) links.push_back(f.link(10'000));
  std::vector<size_t> order;
  const auto send = [](NetworkTestBed& fixture, LinkId link, size_t number,
                       std::vector<size_t>& ended) -> Task<> {
    Route route;
    route.via(link);
    co_await fixture.network.transfer(Bytes(5'000), route);
    ended.push_back(number);
  };
  // Two a link, the last link first: all end after 1 s.
  for (size_t i = 0; i < 16; ++i) f.engine.spawn(send(f, links[7 - i % 8], i, order), "sender");
  f.run();
  REQUIRE(order.size() == 16);
  for (size_t i = 0; i < 16; ++i) CHECK(order[i] == i);
}

TEST_CASE("on a crowded link each further flow slows all of them") {
  // rate(n) = 12 kB/s / n: 6 kB/s for two, 3 kB/s each. The second starts at 1 s, when
  // the first has 8 of its 20 kB left: 8/3 s. Then the second has 4 of its 12 kB left, alone: 1/3
  // s.
  NetworkTestBed f;
  LinkSpec spec;
  spec.rate = Bandwidth::bytes_per_second(12'000);
  spec.crowding_flows = 1;
  const LinkId crowded = f.network.add_link(spec);
  std::optional<Time> first, second;
  f.send(0_s, 20'000, over({crowded}), first);
  f.send(1_s, 12'000, over({crowded}), second);
  f.run();
  CHECK(*first == at(3'666'666'667_ns));
  CHECK(second->to_seconds() == Approx(4).margin(2e-9));
  CHECK(f.network.carried(crowded) == Bytes(32'000));
}

TEST_CASE("a short transfer is exact beside some that have run for years") {
  // 1.2 GB/s. After 1e8 s two have 6e16 B each, where doubles are 8 B apart. 1204 B at a third of
  // the rate take 3010 ns.
  NetworkTestBed f;
  const LinkId shared = f.link(1'200'000'000);
  std::optional<Time> first, second, brief;
  f.send(0_s, 70'000'000'000'000'000, over({shared}), first);
  f.send(0_s, 70'000'000'000'000'000, over({shared}), second);
  f.send(100'000'000_s, 1'204, over({shared}), brief);
  f.run();
  CHECK(*brief == at(100'000'000_s + 3010_ns));
  CHECK(f.network.carried(shared) == Bytes(140'000'000'000'000'000 + 1'204));
}

}  // namespace
}  // namespace wukong::sim

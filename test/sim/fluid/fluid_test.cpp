
#include "sim/fluid/fluid.h"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <vector>

#include "sim/engine/event_queue.h"
#include "test/catch.h"
#include "test/sim/fluid/fluid_test_bed.h"

namespace wukong::fluid {
namespace {

using namespace literals;

TEST_CASE("a single activity takes its amount over the slowest resource's rate, rounded up") {
  PoolTestBed f;
  const ResourceId slow = f.resource(3'000);
  const ResourceId fast = f.resource(1'000'000);
  std::optional<Time> end;
  f.start(0_ns, 1'000, over({fast, slow}), end);
  f.run();
  CHECK(*end == at(333'333'334_ns));  // 1000 / 3000/s
  CHECK(f.pool.given(slow) == Amount(1'000));
  CHECK(f.pool.given(fast) == Amount(1'000));
  CHECK(f.pool.active() == 0);
}

TEST_CASE("a time that comes out even is not rounded up by a rounding error") {
  // 700 resources of odd rates r: r * 7 takes 7 s exactly.
  PoolTestBed f;
  std::vector<std::optional<Time>> ends(700);
  for (size_t i = 0; i < ends.size(); ++i) {
    const int64_t r = 100'003 + 7'919 * static_cast<int64_t>(i);
    f.start(Duration::nanoseconds(static_cast<int64_t>(i)), 7 * r, over({f.resource(r)}), ends[i]);
  }
  f.run();
  for (size_t i = 0; i < ends.size(); ++i)
    CHECK(*ends[i] == at(7_s + Duration::nanoseconds(static_cast<int64_t>(i))));
}

TEST_CASE("activities that start together on one resource end together") {
  PoolTestBed f;
  const ResourceId shared = f.resource(1'000'000);
  std::vector<std::optional<Time>> ends(100);
  for (auto& end : ends) f.start(1_s, 10'000, over({shared}), end);
  f.run();
  for (const auto& end : ends) CHECK(*end == at(2_s));  // 100 * 10,000 / 1 MB/s
}

TEST_CASE("an activity that ends frees its share for the others") {
  // 10,000/s; amounts 10, 20, 30,000 from the same moment. All at 10/3 until 3 s; then 5 each until
  // the second has its other 10,000 at 5 s; the third has 10,000 left then: 6 s.
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> first, second, third;
  f.start(0_s, 10'000, over({shared}), first);
  f.start(0_s, 20'000, over({shared}), second);
  f.start(0_s, 30'000, over({shared}), third);
  f.run();
  CHECK(*first == at(3_s));
  CHECK(*second == at(5_s));
  CHECK(*third == at(6_s));
}

TEST_CASE("a late activity slows the one that is under way") {
  // 10,000/s. A: 30,000 from 0 s; B: 5,000 from 1 s. A has 20,000 left at 1 s; both at 5,000/s
  // until ends at 2 s; A's last 15,000 take 1.5 s.
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> a, b;
  f.start(0_s, 30'000, over({shared}), a);
  f.start(1_s, 5'000, over({shared}), b);
  f.run();
  CHECK(*b == at(2_s));
  CHECK(*a == at(3500_ms));
}

TEST_CASE(
    "a crossing activity is as fast as its bottleneck, and the other resource's activity has the "
    "rest") {
  // Resources 6 and 20,000/s. On the first: local and crossing activity, 3,000/s each; the second's
  // local activity gets 17,000/s. The local ones carry 9 and 51,000: 3 s; then the crossing one
  // alone: 6,000/s.
  PoolTestBed f;
  const ResourceId narrow = f.resource(6'000);
  const ResourceId wide = f.resource(20'000);
  std::optional<Time> local, crossing, beside;
  f.start(0_s, 9'000, over({narrow}), local);
  f.start(0_s, 21'000, over({narrow, wide}), crossing);
  f.start(0_s, 51'000, over({wide}), beside);
  f.run();
  CHECK(*local == at(3_s));
  CHECK(*beside == at(3_s));
  CHECK(*crossing == at(5_s));  // 9,000 by 3 s, then 12,000 at 6,000/s
  CHECK(f.pool.given(narrow) == Amount(30'000));
  CHECK(f.pool.given(wide) == Amount(72'000));
}

TEST_CASE("a cap below the share holds its activity back and leaves the rest to the others") {
  // 10,000/s: capped at 2,000/s, and an open activity: 8,000/s. 4,000 and 16,000 both take 2 s.
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> capped, open;
  f.start(0_s, 4'000, over({shared}), capped, rate(2'000));
  f.start(0_s, 16'000, over({shared}), open);
  f.run();
  CHECK(*capped == at(2_s));
  CHECK(*open == at(2_s));
}

TEST_CASE("an activity that uses no resource runs at its cap") {
  PoolTestBed f;
  std::optional<Time> end;
  f.start(0_s, 5'000, over({}), end, rate(1'000));
  f.run();
  CHECK(*end == at(5_s));
}

TEST_CASE("a second activity on an interface shares it with the one that had it for itself") {
  // Interface 10,000/s, shards 100,000/s. A: 30,000 from 0 s. B: 10,000 from 2 s. At 2 s A has
  // 10,000 left; both at 5,000/s: both end at 4 s.
  PoolTestBed f;
  const ResourceId interface = f.resource(10'000);
  const ResourceId shard0 = f.resource(100'000);
  const ResourceId shard1 = f.resource(100'000);
  std::optional<Time> a, b;
  f.start(0_s, 30'000, over({shard0, interface}), a);
  f.start(2_s, 10'000, over({shard1, interface}), b);
  f.run();
  CHECK(*a == at(4_s));
  CHECK(*b == at(4_s));
  CHECK(f.pool.given(interface) == Amount(40'000));
}

TEST_CASE("rates and what was given can be asked for while activities are under way") {
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> a, b;
  f.start(0_s, 50'000, over({shared}), a);
  f.start(0_s, 50'000, over({shared}), b, rate(1'000));
  const auto watch = [](PoolTestBed& watched, ResourceId resource) -> engine::Task<> {
    co_await watched.engine.sleep(0_ns);
    co_await watched.engine.sleep(2_s);
    CHECK(watched.pool.active() == 2);
    CHECK(watched.pool.rate_of(resource) == Approx(10'000));
    CHECK(watched.pool.given(resource) == Amount(20'000));
  };
  f.engine.spawn(watch(f, shared), "watch");
  f.run();
}

TEST_CASE("an unshared activity takes the time of the slowest rate whatever else is going on") {
  // 10,000/s: 1,000 take 100 ms, and 20,000 beside them 2 s, as if alone.
  PoolTestBed f;
  const ResourceId fast = f.resource(20'000);
  const ResourceId slow = f.resource(10'000);
  std::vector<Time> ends;
  const auto use = [](PoolTestBed& bed, Demand needed, std::vector<Time>& times) -> engine::Task<> {
    co_await bed.pool.use(needed);
    times.push_back(bed.engine.now());
  };
  f.engine.spawn(use(f, demand(0, {fast, slow}), ends), "empty");
  f.engine.spawn(use(f, demand(1'000, {fast, slow}, true), ends), "small");
  f.engine.spawn(use(f, demand(20'000, {fast, slow}), ends), "large");
  f.run();
  REQUIRE(ends.size() == 3);
  CHECK(ends[0] == at(0_s));
  CHECK(ends[1] == at(100_ms));
  CHECK(ends[2] == at(2_s));
  CHECK(f.pool.given(slow) == Amount(21'000));
}

TEST_CASE("however little an activity needs, it shares, unless its client says otherwise") {
  // 1,000/s, and ten activities of one unit each: 10 ms, not 1.
  PoolTestBed f;
  const ResourceId shared = f.resource(1'000);
  std::vector<std::optional<Time>> ends(10);
  for (auto& end : ends) f.start(0_s, 1, over({shared}), end);
  f.run();
  for (const auto& end : ends) CHECK(*end == at(10_ms));
}

TEST_CASE("an activity begins at its start, and until then nobody shares with it") {
  // 10,000/s. A: 20,000 from now; B: 5,000 from 1 s, when A has 10,000 left: B ends at 2 s, A at
  // 2.5 s. One that needs nothing ends when it starts.
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> a, b, nothing;
  f.start(0_s, 20'000, over({shared}), a);
  Demand later = demand(5'000, {shared});
  later.start = at(1_s);
  f.engine.spawn(f.body(0_s, later, b), "later");
  Demand empty = demand(0, {shared});
  empty.start = at(3_s);
  f.engine.spawn(f.body(0_s, empty, nothing), "nothing");
  f.run();
  CHECK(*b == at(2_s));
  CHECK(*a == at(2500_ms));
  CHECK(*nothing == at(3_s));
}

TEST_CASE("destroying an activity's coroutine ends it and frees its share") {
  // 10,000/s, two activities of 20,000; one is killed at 1 s with 5,000 through. The other has
  // 15,000 left: 1.5 s more.
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> killed, other;
  engine::Process& victim = f.start(0_s, 20'000, over({shared}), killed);
  f.start(0_s, 20'000, over({shared}), other);
  const auto kill = [](engine::Engine& engine, engine::Process& process) -> engine::Task<> {
    co_await engine.sleep(1_s);
    engine.kill(process);
  };
  f.engine.spawn(kill(f.engine, victim), "killer");
  f.run();
  CHECK_FALSE(killed.has_value());
  CHECK(*other == at(2500_ms));
  CHECK(f.pool.given(shared) == Amount(25'000));
}

TEST_CASE("an activity can be destroyed after its end and before its coroutine runs on") {
  // The killer runs first at 2 s: it started later, but both activities end at that instant.
  PoolTestBed f;
  const ResourceId shared = f.resource(10'000);
  std::optional<Time> first, second;
  struct Killer {
    static engine::Task<> run(PoolTestBed& fixture, ResourceId resource, engine::Process*& victim,
                              std::optional<Time>& end) {
      const Demand needed = demand(10'000, {resource});
      co_await fixture.pool.use(needed);
      end = fixture.engine.now();
      fixture.engine.kill(*victim);
    }
  };
  engine::Process* victim = nullptr;
  f.engine.spawn(Killer::run(f, shared, victim, first), "killer");
  victim = &f.start(0_s, 10'000, over({shared}), second);
  f.run();
  CHECK(*first == at(2_s));
  CHECK_FALSE(second.has_value());
  CHECK(f.pool.given(shared) == Amount(20'000));
  CHECK(f.pool.active() == 0);
}

TEST_CASE("a killed unshared activity leaves nothing behind") {
  PoolTestBed f;
  const ResourceId resource = f.resource(10);
  const auto use = [](Pool& pool, Demand needed) -> engine::Task<> {
    co_await pool.use(needed);
    FAIL("the activity should have been killed");
  };
  const auto kill = [](engine::Engine& engine, engine::Process& process) -> engine::Task<> {
    co_await engine.sleep(1_s);
    engine.kill(process);
  };
  engine::Process& victim = f.engine.spawn(use(f.pool, demand(100, {resource}, true)), "victim");
  f.engine.spawn(kill(f.engine, victim), "killer");
  f.run();
  CHECK(f.engine.now() == at(1_s));
  CHECK(f.engine.events().empty());
}

TEST_CASE("a pool may go before the activities that wait on it") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  std::optional<Pool> pool(std::in_place, engine);
  const ResourceId resource = pool->add({.rate = rate(10)});
  const auto use = [](Pool& shared, Demand needed) -> engine::Task<> {
    co_await shared.use(needed);
  };
  const auto stop = [](engine::Engine& e) -> engine::Task<> {
    co_await e.sleep(1_s);
    throw std::runtime_error("stop");
  };
  engine.spawn(use(*pool, demand(1'000'000, {resource})), "user");
  engine.spawn(stop(engine), "stop");
  CHECK_THROWS(engine.run());
  pool.reset();
  engine.clear();
}

TEST_CASE("a removed resource's id is used again, with a fresh count") {
  PoolTestBed f;
  const ResourceId old = f.resource(10'000);
  std::optional<Time> end;
  f.start(0_s, 10'000, over({old}), end);
  f.run();
  f.pool.remove(old);
  const ResourceId fresh = f.resource(20'000);
  CHECK(fresh == old);
  CHECK(f.pool.given(fresh) == Amount(0));
  f.start(0_s, 20'000, over({fresh}), end);
  f.run();
  CHECK(*end == at(2_s));
}

TEST_CASE("activities that end at the same instant go on in the order of their start") {
  PoolTestBed f;
  std::vector<ResourceId> resources;
  for (int i = 0; i < 8; ++i) resources.push_back(f.resource(10'000));
  std::vector<size_t> order;
  const auto use = [](PoolTestBed& fixture, ResourceId resource, size_t number,
                      std::vector<size_t>& ended) -> engine::Task<> {
    const Demand needed = demand(5'000, {resource});
    co_await fixture.pool.use(needed);
    ended.push_back(number);
  };
  // Two a resource, the last resource first: all end after 1 s.
  for (size_t i = 0; i < 16; ++i) f.engine.spawn(use(f, resources[7 - i % 8], i, order), "user");
  f.run();
  REQUIRE(order.size() == 16);
  for (size_t i = 0; i < 16; ++i) CHECK(order[i] == i);
}

TEST_CASE("on a crowded resource each further activity slows all of them") {
  // rate(n) = 12,000/s / n: 6,000/s for two, 3,000/s each. The second starts at 1 s, when
  // the first has 8 of its 20,000 left: 8/3 s. Then the second has 4 of its 12,000 left, alone: 1/3
  // s.
  PoolTestBed f;
  const ResourceId crowded =
      f.pool.add({.rate = rate(12'000), .crowding = fluid::Crowding{.activities = 1}});
  std::optional<Time> first, second;
  f.start(0_s, 20'000, over({crowded}), first);
  f.start(1_s, 12'000, over({crowded}), second);
  f.run();
  CHECK(*first == at(3'666'666'667_ns));
  CHECK(second->to_seconds() == Approx(4).margin(2e-9));
  CHECK(f.pool.given(crowded) == Amount(32'000));
}

TEST_CASE("a crowd may leave less than one a second, and then takes longer than that") {
  // 3/s / 3 = 1/s in all, a third of one each.
  PoolTestBed f;
  const ResourceId crowded =
      f.pool.add({.rate = rate(3), .crowding = fluid::Crowding{.activities = 1}});
  std::optional<Time> ends[3];
  for (std::optional<Time>& end : ends) f.start(0_s, 2, over({crowded}), end);
  f.run();
  for (const std::optional<Time>& end : ends) CHECK(end->to_seconds() == Approx(6).margin(2e-9));
}

TEST_CASE("a short activity is exact beside some that have run for years") {
  // 1.2e9/s. After 1e8 s two have 6e16 each, where doubles are 8 apart. 1204 at a third of
  // the rate take 3010 ns.
  PoolTestBed f;
  const ResourceId shared = f.resource(1'200'000'000);
  std::optional<Time> first, second, brief;
  f.start(0_s, 70'000'000'000'000'000, over({shared}), first);
  f.start(0_s, 70'000'000'000'000'000, over({shared}), second);
  f.start(100'000'000_s, 1'204, over({shared}), brief);
  f.run();
  CHECK(*brief == at(100'000'000_s + 3010_ns));
  CHECK(f.pool.given(shared) == Amount(140'000'000'000'000'000 + 1'204));
}

}  // namespace
}  // namespace wukong::fluid

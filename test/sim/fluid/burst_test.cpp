#include <optional>

#include "test/catch.h"
#include "test/sim/fluid/fluid_test_bed.h"

namespace wukong::fluid {
namespace {

using namespace literals;

TEST_CASE("a burst lasts until its allowance beyond the base rate are used up") {
  // Base 100, burst rate 500/s, allowance 1000: used up after 1000 / (500 - 100) = 2.5 s with
  // 1250 through. 2000: 750 more at 100/s: 10 s in all.
  PoolTestBed f;
  const ResourceId resource = f.bucket(100, 1'000, 500);
  std::optional<Time> end;
  f.start(0_s, 2'000, over({resource}), end);
  f.run();
  CHECK(*end == at(10_s));
  CHECK(f.pool.given(resource) == Amount(2'000));
}

TEST_CASE("use below the base rate costs no allowance, and partial use lasts longer") {
  // Base 100, burst rate 500, allowance 1000. A: 300 at cap 50 from 0 s, below the base: no
  // draw. From 6 s at cap 300, 2000: draws 200 a second for 5 s (1500), then 500 at 100.
  PoolTestBed f;
  const ResourceId resource = f.bucket(100, 1'000, 500);
  std::optional<Time> a, b;
  f.start(0_s, 300, over({resource}), a, rate(50));
  f.start(6_s, 2'000, over({resource}), b, rate(300));
  f.run();
  CHECK(*a == at(6_s));
  CHECK(*b == at(16_s));
}

TEST_CASE("an idle resource refills at the base rate up to half of its burst") {
  // Base 100, burst rate 500, allowance 1000: the first 1250 use it up at 2.5 s.
  // Idle for 3 s: 300 again, which last 0.75 s (375); 425 more at 100: 800 take 5 s.
  PoolTestBed f;
  const ResourceId resource = f.bucket(100, 1'000, 500);
  std::optional<Time> first, second, third;
  f.start(0_s, 1'250, over({resource}), first);
  f.start(5500_ms, 800, over({resource}), second);
  // Idle for long: 500, which last 1.25 s (625); 100 more take 1 s.
  f.start(1000_s, 725, over({resource}), third);
  f.run();
  CHECK(*first == at(2500_ms));
  CHECK(*second == at(10500_ms));
  CHECK(*third == at(1002250_ms));
}

TEST_CASE("activities that share a bursting resource slow together when it is empty") {
  // Base 100, burst rate 500, allowance 1000: 250/s each for 2.5 s (625), then 50/s each:
  // 725 take 2 s more.
  PoolTestBed f;
  const ResourceId resource = f.bucket(100, 1'000, 500);
  const ResourceId other = f.resource(1'000'000);
  std::optional<Time> a, b;
  f.start(0_s, 725, over({resource}), a);
  f.start(0_s, 725, over({resource, other}), b);
  f.run();
  CHECK(*a == at(4500_ms));
  CHECK(*b == at(4500_ms));
}

engine::Task<> one_after_another(PoolTestBed& bed, const Demand& needed, std::optional<Time>& end) {
  co_await bed.pool.use(needed);
  co_await bed.pool.use(needed);
  end = bed.engine.now();
}

TEST_CASE("an activity that begins when another ends does not get the burst that that one used") {
  // Base 100, burst rate 500, allowance 1000, at cap 300. The first 900 take 3 s and 600 of the
  // allowance; 400 are left, which last 2 s more (600), and then 300 take 3 s at the base rate.
  PoolTestBed f;
  const ResourceId resource = f.bucket(100, 1'000, 500);
  std::optional<Time> end;
  const Demand needed{.amount = Amount(900), .resources = over({resource}), .cap = rate(300)};
  f.engine.spawn(one_after_another(f, needed, end), "user");
  f.run();
  CHECK(*end == at(8_s));
}

}  // namespace
}  // namespace wukong::fluid

#include "sim/functions/warm_pool/warm_pool.h"

#include <deque>

#include "sim/base/portable_math.h"
#include "sim/base/random.h"
#include "sim/functions/environment.h"
#include "sim/functions/keep_alive/policies.h"
#include "sim/functions/warm_pool/pool_memory.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::warm_pool {
namespace {

using literals::operator""_s;
using literals::operator""_ms;

using functions::Environment;
using functions::LambdaSpec;
using keep_alive::Eviction;
using keep_alive::ReuseOrder;
using keep_alive::WarmPoolSpec;

// A pool by itself, with environments 0, 1, 2, ... in the order of their creation.
struct PoolRig {
  explicit PoolRig(ReuseOrder reuse, Eviction eviction = Eviction::fixed,
                   Duration granularity = Duration::zero())
      : PoolRig(reuse,
                keep_alive::make_policy({eviction, 600_s, 380_s, reuse, 0, granularity}, nullptr)) {
  }
  PoolRig(ReuseOrder reuse, std::unique_ptr<keep_alive::KeepAlivePolicy> of_pool)
      : policy(std::move(of_pool)),
        pool(engine, *policy, memory, {FunctionId(0), 128, reuse},
             [this](PoolEvent, PooledEnvironment* environment) {
               evicted.push_back(
                   environment == nullptr ? -1 : number(*static_cast<Environment*>(environment)));
             }) {
    policy->add_function({128, 1_s});
  }

  int number(const Environment& environment) const {
    return static_cast<int>(environment.host.id.value());
  }
  Environment& create() {
    Environment& environment = environments.emplace_back();
    environment.host.id = HostId(environments.size() - 1);
    pool.occupy(pool.add(), environment);
    return environment;
  }
  Environment* take() {
    const auto place = pool.take(random);
    return place ? static_cast<Environment*>(place->environment) : nullptr;
  }
  void advance_to(Duration time) {
    engine.spawn(wait_until(Time::at(time)), "clock");
    engine.run();
  }
  engine::Task<> wait_until(Time time) {
    // A nanosecond more, so that what is due at `time` is over.
    co_await engine.sleep_until(time + Duration::nanoseconds(1));
  }

  engine::VirtualClock clock;
  engine::Engine engine{clock};
  std::deque<Environment> environments;
  std::vector<int> evicted;
  std::unique_ptr<keep_alive::KeepAlivePolicy> policy;
  PoolMemory memory{std::nullopt};
  RandomStream random{3, "reuse"};
  WarmPool pool;
};

TEST_CASE("the newest or the oldest idle environment serves next, whenever it became idle") {
  const auto [reuse, first, last] =
      GENERATE(std::tuple(ReuseOrder::newest, 3, 0), std::tuple(ReuseOrder::oldest, 0, 3));
  PoolRig rig(reuse);
  for (int i = 0; i < 4; ++i) rig.create();
  for (const size_t i : {2u, 0u, 3u, 1u}) rig.pool.give_back(rig.environments[i]);
  CHECK(rig.number(*rig.take()) == first);
  rig.take();
  rig.take();
  CHECK(rig.number(*rig.take()) == last);
  CHECK(rig.take() == nullptr);
}

TEST_CASE("a random idle environment is any of them with equal probability") {
  PoolRig rig(ReuseOrder::random);
  for (int i = 0; i < 4; ++i) rig.pool.give_back(rig.create());
  std::array<int, 4> taken{};
  constexpr int kDraws = 40'000;
  for (int i = 0; i < kDraws; ++i) {
    Environment& environment = *rig.take();
    ++taken[static_cast<size_t>(rig.number(environment))];
    rig.pool.give_back(environment);
  }
  // Binomial: 10,000 with a standard deviation of 87.
  for (const int count : taken) CHECK(std::abs(count - kDraws / 4) < 4 * 87);
}

TEST_CASE("an idle environment is evicted after its keep-alive, a used one starts it anew") {
  PoolRig rig(ReuseOrder::oldest);
  rig.pool.give_back(rig.create());
  rig.pool.give_back(rig.create());
  rig.advance_to(300_s);
  rig.pool.give_back(*rig.take());
  rig.advance_to(599_s);
  CHECK(rig.evicted.empty());
  rig.advance_to(600_s);
  CHECK(rig.evicted == std::vector{1});
  rig.advance_to(899_s);
  CHECK(rig.pool.size() == 1);
  rig.advance_to(901_s);
  CHECK(rig.evicted == std::vector{1, 0});
  CHECK(rig.pool.size() == 0);
}

// Given back at 0, 10, 30 and 31 s: their keep-alive ends at 600, 610, 630 and 631 s.
TEST_CASE("with a granularity an idle environment is evicted at the first look after its end") {
  PoolRig rig(ReuseOrder::newest, Eviction::fixed, 30_s);
  for (int i = 0; i < 4; ++i) rig.create();
  rig.pool.give_back(rig.environments[0]);
  for (const int i : {1, 2, 3}) {
    rig.advance_to(std::array{0_s, 10_s, 30_s, 31_s}[static_cast<size_t>(i)]);
    rig.pool.give_back(rig.environments[static_cast<size_t>(i)]);
  }
  rig.advance_to(599_s);
  CHECK(rig.evicted.empty());
  rig.advance_to(600_s);
  CHECK(rig.evicted == std::vector{0});
  rig.advance_to(629_s);
  CHECK(rig.evicted == std::vector{0});
  rig.advance_to(630_s);
  CHECK(rig.evicted == std::vector{0, 1});
  rig.advance_to(659_s);
  CHECK(rig.evicted == std::vector{0, 1});
  rig.advance_to(660_s);
  CHECK(rig.evicted == std::vector{0, 1, 2, 3});
}

TEST_CASE("a busy environment is not evicted, however long it works") {
  PoolRig rig(ReuseOrder::newest);
  Environment& busy = rig.create();
  rig.pool.give_back(rig.create());
  rig.advance_to(5000_s);
  CHECK(rig.evicted == std::vector{1});
  rig.pool.give_back(busy);
  rig.advance_to(5599_s);
  CHECK(rig.pool.idle() == 1);
  rig.advance_to(5601_s);
  CHECK(rig.pool.idle() == 0);
}

// SeBS, Middleware'21 6.5: warm after dT = warm at first x 2^-floor(dT / 380 s).
TEST_CASE("halving leaves n / 2^p environments after p intervals of 380 s, and at last none") {
  PoolRig rig(ReuseOrder::newest, Eviction::halving);
  for (int i = 0; i < 64; ++i) rig.create();
  for (Environment& environment : rig.environments) rig.pool.give_back(environment);
  for (int p = 0; p <= 6; ++p) {
    rig.advance_to(380_s * p + 379_s);
    CHECK(rig.pool.idle() == (size_t{64} >> p));
  }
  rig.advance_to(380_s * 7 + 379_s);
  CHECK(rig.pool.idle() == 0);
  CHECK(rig.evicted.size() == 64);
}

TEST_CASE("prewarmed environments are idle from the start, older than all others, and expire") {
  PoolRig rig(ReuseOrder::newest);
  rig.pool.prewarm(3);
  rig.pool.give_back(rig.create());
  CHECK(rig.pool.idle() == 4);
  CHECK(rig.take() == &rig.environments[0]);
  const auto place = rig.pool.take(rig.random);
  REQUIRE(place);
  CHECK(place->environment == nullptr);
  Environment& made = rig.environments.emplace_back();
  made.host.id = HostId(1);
  rig.pool.occupy(*place, made);
  rig.pool.give_back(made);
  CHECK(rig.take() == &made);
  rig.advance_to(600_s);
  CHECK(rig.evicted == std::vector{-1, -1});
  CHECK(rig.pool.size() == 2);
}

// A policy that keeps the first for 100 s, the second for 90 s, and so on.
struct ShorterEachTime final : keep_alive::KeepAlivePolicy {
  keep_alive::Stay becomes_idle(FunctionId, Time now, size_t) override {
    const Duration stay = next;
    next = next - 10_s;
    return {.until = now + stay};
  }
  Duration next = 100_s;
};

TEST_CASE("what is kept for shorter than what was idle before goes before it", "[keep_alive]") {
  PoolRig rig(ReuseOrder::newest, std::make_unique<ShorterEachTime>());
  for (int i = 0; i < 4; ++i) rig.create();
  for (Environment& environment : rig.environments) rig.pool.give_back(environment);
  rig.advance_to(75_s);
  CHECK(rig.evicted == std::vector{3});
  rig.advance_to(95_s);
  CHECK(rig.evicted == std::vector{3, 2, 1});
  rig.advance_to(100_s);
  CHECK(rig.evicted == std::vector{3, 2, 1, 0});
}

TEST_CASE("order, keep-alive and count survive any number of creations and deaths") {
  PoolRig rig(ReuseOrder::newest);
  std::deque<Environment*> idle;  // by creation
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 500; ++i) {
      Environment& environment = rig.create();
      if (i % 5 == 0) {
        rig.pool.give_back(environment);
        idle.push_back(&environment);
      } else {
        rig.pool.remove(environment);
      }
    }
    for (int i = 0; i < 60; ++i) {
      Environment* const newest = rig.take();
      REQUIRE(newest == idle.back());
      idle.pop_back();
      rig.pool.remove(*newest);
    }
    REQUIRE(rig.pool.size() == idle.size());
  }
  CHECK(idle.size() == 40 * 40);
  rig.advance_to(600_s);
  REQUIRE(rig.evicted.size() == idle.size());
  for (size_t i = 0; i < idle.size(); ++i) REQUIRE(rig.evicted[i] == rig.number(*idle[i]));
}

// Arrivals are Poisson with rate r and one environment serves nearly all of them in no time, so a
// start is cold if the gap before it exceeds the keep-alive T: P(cold) = exp(-r T).
TEST_CASE("at a low rate a start is cold with probability exp(-rate x keep-alive)") {
  const double mean_gap = GENERATE(200.0, 300.0, 600.0);
  LambdaSpec spec = test::aws_2020_functions();
  spec.cold_starts["python_zip"].added_latency_ms = {1, 1.000001};
  test::LambdaRig rig(spec);
  rig.engine.trace().listen(nullptr);
  const FunctionId function = rig.function();
  constexpr int kArrivals = 40'000;
  RandomStream random(11, "arrivals");
  Duration time;
  for (int i = 0; i < kArrivals; ++i) {
    time += Duration::from_seconds(random.exponential(mean_gap));
    rig.invoke_async_at(time, function, 1_ms);
  }
  rig.engine.run();
  const double expected = portable_exp(-600 / mean_gap);
  const double measured = static_cast<double>(rig.lambda.statistics().cold_starts) / kArrivals;
  // Four standard deviations of a binomial.
  CHECK(std::abs(measured - expected) < 4 * std::sqrt(expected * (1 - expected) / kArrivals));
}

// It comes to each event two seconds after its time.
class LateClock final : public engine::ClockDriver {
 public:
  bool runs_by_itself() const override { return false; }
  std::optional<Time> advance(std::optional<Time> next) override {
    if (!next) return next;
    return *next + 2_s;
  }
};

// Seed 20261137, run 19900 of the swarm.
TEST_CASE("an environment whose time is over before a late clock comes to it is not prewarmed") {
  class OneSecondLater final : public keep_alive::KeepAlivePolicy {
    keep_alive::Stay becomes_idle(FunctionId, Time now, size_t) override {
      return {.prewarming = keep_alive::Prewarming{now + 1_s, now + 1500_ms}};
    }
  } policy;
  LateClock clock;
  engine::Engine engine(clock);
  PoolMemory memory{std::nullopt};
  int prewarmed = 0;
  WarmPool pool(engine, policy, memory, {FunctionId(0), 128, ReuseOrder::newest},
                [&](PoolEvent event, PooledEnvironment*) {
                  prewarmed += event == PoolEvent::prewarmed ? 1 : 0;
                });
  Environment environment;
  pool.occupy(pool.add(), environment);
  pool.give_back(environment);
  const auto wait = [](engine::Engine& its_engine) -> engine::Task<> {
    co_await its_engine.sleep(10_s);
  };
  engine.spawn(wait(engine), "clock");
  engine.run();
  CHECK(prewarmed == 0);
  CHECK(pool.size() == 0);
}

}  // namespace
}  // namespace wukong::warm_pool

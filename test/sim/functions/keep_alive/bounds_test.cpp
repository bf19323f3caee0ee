// What holds for every keep-alive policy, on random traces: memory, and the oracle's bounds.
#include <algorithm>
#include <cmath>

#include "sim/functions/keep_alive/policies.h"
#include "test/sim/functions/keep_alive/pool_trace.h"

namespace wukong::keep_alive {
namespace {

using literals::operator""_s;
using literals::operator""_ms;
using test::PoolTrace;
using test::TraceFunction;
using test::TraceInvocation;

constexpr Eviction kPolicies[] = {
    Eviction::fixed,       Eviction::halving,  Eviction::none,      Eviction::hybrid_histogram,
    Eviction::greedy_dual, Eviction::landlord, Eviction::frequency, Eviction::least_recently_used};

struct RandomTrace {
  size_t functions = 3;
  size_t invocations = 60;
  Duration mean_gap = Duration::seconds(10);
  bool overlapping = false;

  std::vector<TraceInvocation> draw(RandomStream& random) const {
    std::vector<TraceInvocation> trace;
    Duration time;
    for (size_t i = 0; i < invocations; ++i) {
      time += Duration::from_seconds(random.exponential(mean_gap.to_seconds())) + 1_ms;
      const Duration length =
          overlapping ? Duration::from_seconds(random.exponential(mean_gap.to_seconds())) : 0_s;
      trace.push_back({time, random.below(functions), length});
    }
    return trace;
  }
};

WarmPoolSpec short_lived(Eviction eviction) {
  WarmPoolSpec spec;
  spec.eviction = eviction;
  spec.keep_alive = 25_s;
  spec.halving_interval = 20_s;
  spec.hybrid_histogram.bin = 5_s;
  spec.hybrid_histogram.bins = 20;
  return spec;
}

// The fewest cold starts with room for `room` environments, by trying all choices of what goes.
size_t fewest_cold(const std::vector<TraceInvocation>& trace, size_t next, std::vector<size_t> warm,
                   size_t room) {
  if (next == trace.size()) return 0;
  const size_t function = trace[next].function;
  if (std::find(warm.begin(), warm.end(), function) != warm.end())
    return fewest_cold(trace, next + 1, warm, room);
  if (warm.size() < room) {
    warm.push_back(function);
    return 1 + fewest_cold(trace, next + 1, warm, room);
  }
  size_t fewest = trace.size();
  for (size_t& goes : warm) {
    const size_t gone = std::exchange(goes, function);
    fewest = std::min(fewest, fewest_cold(trace, next + 1, warm, room));
    goes = gone;
  }
  return 1 + fewest;
}

TEST_CASE("with a memory limit nothing has fewer cold starts than the oracle", "[keep_alive]") {
  RandomStream random(1, "traces");
  for (int round = 0; round < 200; ++round) {
    const RandomTrace shape{.functions = 2 + random.below(4), .invocations = 60};
    const std::vector<TraceInvocation> invocations = shape.draw(random);
    const std::vector<TraceFunction> functions(shape.functions);
    const int64_t limit = 100 * (1 + static_cast<int64_t>(random.below(shape.functions)));
    WarmPoolSpec spec = short_lived(Eviction::oracle);
    spec.memory_limit_mb = limit;
    PoolTrace oracle(spec, functions, invocations);
    oracle.play(2000_s);
    for (const Eviction eviction : kPolicies) {
      spec = short_lived(eviction);
      spec.memory_limit_mb = limit;
      spec.hybrid_histogram.prewarms = false;  // what is made ahead of time is no keeping
      PoolTrace other(spec, functions, invocations);
      other.play(2000_s);
      INFO(kEvictionNames[static_cast<size_t>(eviction)] << ", round " << round);
      REQUIRE(oracle.cold() <= other.cold());
    }
  }
}

TEST_CASE("with a memory limit the oracle is as good as the best of all choices", "[keep_alive]") {
  RandomStream random(2, "traces");
  for (int round = 0; round < 300; ++round) {
    const RandomTrace shape{.functions = 4, .invocations = 13};
    const std::vector<TraceInvocation> invocations = shape.draw(random);
    const size_t room = 1 + random.below(3);
    WarmPoolSpec spec = short_lived(Eviction::oracle);
    spec.memory_limit_mb = 100 * static_cast<int64_t>(room);
    PoolTrace oracle(spec, std::vector<TraceFunction>(4), invocations);
    oracle.play(2000_s);
    REQUIRE(oracle.cold() == fewest_cold(invocations, 0, {}, room));
  }
}

// Each gap costs the oracle min(1, gap / longest), and a policy that keeps or drops at least that.
TEST_CASE("nothing has less of cold starts and idle time together than the oracle",
          "[keep_alive]") {
  RandomStream random(3, "traces");
  for (int round = 0; round < 200; ++round) {
    const RandomTrace shape{.functions = 3};
    const std::vector<TraceInvocation> invocations = shape.draw(random);
    const Duration longest = 1_s * (1 + static_cast<int64_t>(random.below(60)));
    const auto cost = [&](const PoolTrace& trace) {
      return static_cast<double>(trace.cold()) + trace.idle_s() / longest.to_seconds();
    };
    WarmPoolSpec spec = short_lived(Eviction::oracle);
    spec.oracle.keep_longest = longest;
    PoolTrace oracle(spec, std::vector<TraceFunction>(3), invocations);
    oracle.play(3000_s);
    for (const Eviction eviction : kPolicies) {
      spec = short_lived(eviction);
      spec.hybrid_histogram.prewarms = false;
      PoolTrace other(spec, std::vector<TraceFunction>(3), invocations);
      other.play(3000_s);
      INFO(kEvictionNames[static_cast<size_t>(eviction)] << ", round " << round);
      REQUIRE(cost(oracle) <= cost(other) + 1e-6);
    }
  }
}

// PoolTrace looks at both at each start.
TEST_CASE("no policy lets environments have more memory than there is, or serve two at once",
          "[keep_alive]") {
  RandomStream random(4, "traces");
  for (int round = 0; round < 100; ++round) {
    const RandomTrace shape{.functions = 5, .invocations = 200, .overlapping = true};
    const std::vector<TraceInvocation> invocations = shape.draw(random);
    std::vector<TraceFunction> functions;
    for (size_t i = 0; i < shape.functions; ++i)
      functions.push_back({1 + static_cast<int64_t>(random.below(100)), 1_s});
    for (Eviction eviction : kPolicies) {
      if (random.chance(0.1)) eviction = Eviction::oracle;
      WarmPoolSpec spec = short_lived(eviction);
      spec.reuse = static_cast<ReuseOrder>(random.below(3));
      spec.memory_limit_mb = 50 + static_cast<int64_t>(random.below(300));
      PoolTrace trace(spec, functions, invocations);
      trace.play(10'000_s);
      REQUIRE(trace.was_cold.size() == invocations.size());
    }
  }
}

// Arrivals are Poisson with rate r, executions take no time, and an environment lives for T after
// each: the gap is over T with probability exp(-r T), and of an idle time min(gap, T) is waited,
// (1 - exp(-r T)) / r in the mean.
TEST_CASE("a fixed keep-alive has the cold starts and the idle time of its closed form",
          "[keep_alive]") {
  RandomStream random(5, "traces");
  constexpr size_t kInvocations = 40'000;
  std::vector<TraceInvocation> invocations;
  Duration time;
  for (size_t i = 0; i < kInvocations; ++i)
    invocations.push_back({time += Duration::from_seconds(random.exponential(30))});
  PoolTrace trace(short_lived(Eviction::fixed), {{}}, invocations);
  trace.play(time + 100_s);
  const double expected = 0.43460;  // exp(-25 / 30)
  const double n = kInvocations;
  CHECK(std::abs(static_cast<double>(trace.cold()) / n - expected) <
        4 * std::sqrt(expected * (1 - expected) / n));
  // min(gap, 25 s) has a deviation below 10 s.
  CHECK(std::abs(trace.idle_s() / n - 30 * (1 - expected)) < 4 * 10 / std::sqrt(n));
}

}  // namespace
}  // namespace wukong::keep_alive

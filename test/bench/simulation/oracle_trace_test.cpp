// The keep-alive policy that knows the future, beside all that do not, through the whole
// simulation.
#include "bench/experiment/preset_setup.h"
#include "bench/run/run_result.h"
#include "bench/simulation/trace_simulation.h"
#include "sim/base/random.h"
#include "sim/functions/keep_alive/warm_pool_spec.h"
#include "test/bench/simulation/listed_trace.h"
#include "test/catch.h"

namespace wukong::simulation {
namespace {

using keep_alive::Eviction;
using test::invocation;
using test::ListedTrace;

constexpr size_t kFunctions = 6;
constexpr double kKeepLongestSeconds = 120;

// An arrival in every ten seconds, of any function, that is over before the next one.
ListedTrace random_trace(uint64_t seed) {
  RandomStream random(seed, "oracle_trace");
  std::vector<traces::Invocation> invocations;
  double at = 0;
  for (int i = 0; i < 80; ++i) {
    at += 10 + static_cast<double>(random.below(8));
    // Some functions are invoked much more often than others.
    const uint64_t function = std::min(random.below(kFunctions), random.below(kFunctions));
    invocations.push_back(invocation(at, function, 0));
  }
  return {kFunctions, std::move(invocations)};
}

platform::PlatformSpec platform_of(std::string_view eviction, const std::string& pool) {
  return experiment::preset_platform(
      "{preset: aws-2020, functions: {invocation: {start_latency_ms: 0, start_latency_sigma: 0}, "
      "cold_starts: {python_zip: {probabilities: [0, 1], added_latency_ms: [1, 1.000001]}}, "
      "warm_pool: {keep_alive_s: 60, halving_interval_s: 90, eviction_granularity_s: 0, "
      "hybrid_histogram: {prewarms: false, bin_s: 10}, eviction: " +
      std::string(eviction) + pool + "}}}");
}

run::RunResult run_of(std::string_view eviction, const std::string& pool,
                      const traces::Trace& trace) {
  const platform::PlatformSpec platform = platform_of(eviction, pool);
  return TraceSimulation(platform, {.trace = &trace, .warm_up = {}}, {}).run();
}

}  // namespace

TEST_CASE("no policy costs less than the oracle, with cold starts and idle time as costs",
          "[load]") {
  const uint64_t seed = GENERATE(range(1, 13));
  const ListedTrace trace = random_trace(seed);
  const auto cost = [&](std::string_view eviction) {
    const run::RunResult result = run_of(eviction, ", oracle: {keep_longest_s: 120}", trace);
    REQUIRE(result.completed);
    const double idle_s = result.load->idle_gb_s * 8;
    return static_cast<double>(result.cold_starts) + idle_s / kKeepLongestSeconds;
  };
  const double least = cost("oracle");
  for (const std::string_view eviction : keep_alive::kEvictionNames) {
    INFO(seed << " " << eviction);
    CHECK(least <= cost(eviction) + 1e-9);
  }
  CHECK(least < cost("fixed"));
  CHECK(least < cost("none"));
}

TEST_CASE("no policy has fewer cold starts than the oracle when memory is short", "[load]") {
  const uint64_t seed = GENERATE(range(1, 13));
  const ListedTrace trace = random_trace(seed);
  const auto cold_starts = [&](std::string_view eviction) {
    const run::RunResult result =
        run_of(eviction, ", memory_limit_mb: 384, oracle: {keep_longest_s: none}", trace);
    REQUIRE(result.completed);
    return result.cold_starts;
  };
  const uint64_t least = cold_starts("oracle");
  for (const std::string_view eviction : keep_alive::kEvictionNames) {
    INFO(seed << " " << eviction);
    CHECK(least <= cold_starts(eviction));
  }
  CHECK(least < cold_starts("least_recently_used"));
}

}  // namespace wukong::simulation

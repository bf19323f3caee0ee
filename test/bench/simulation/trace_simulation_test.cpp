#include "bench/simulation/trace_simulation.h"

#include <malloc.h>

#include "bench/experiment/preset_setup.h"
#include "bench/run/run_result.h"
#include "test/bench/simulation/listed_trace.h"
#include "test/catch.h"
#include "workloads/trace_generator/poisson_trace.h"

namespace wukong::simulation {
namespace {

using literals::operator""_s;
using test::invocation;
using test::ListedTrace;
using trace_generator::PoissonDurations;

// Without latencies, and with cold starts of a millisecond.
platform::PlatformSpec plain_platform(const std::string& functions = "") {
  return experiment::preset_platform(
      "{preset: aws-2020, functions: {invocation: {start_latency_ms: 0, start_latency_sigma: 0}, "
      "cold_starts: {python_zip: {probabilities: [0, 1], added_latency_ms: [1, 1.000001]}}" +
      functions + "}}");
}

run::RunResult run_of(const platform::PlatformSpec& platform, const traces::Trace& trace,
                      const RunOptions& options = {}, Duration warm_up = 0_s) {
  return TraceSimulation(platform, {.trace = &trace, .warm_up = warm_up}, options).run();
}

std::unique_ptr<traces::Trace> poisson(PoissonDurations durations, double hours) {
  return trace_generator::make_poisson_trace(
      {.functions = 2, .per_s = 1, .mean = 5_s, .durations = durations, .hours = hours}, 1, "load");
}

}  // namespace

TEST_CASE("as many run on average as the arrival rate times the mean duration", "[load]") {
  // M/G/infinity: 2 / s x 5 s, whatever the durations' distribution is.
  const PoissonDurations durations =
      GENERATE(PoissonDurations::exponential, PoissonDurations::constant);
  const auto trace = poisson(durations, 20);
  const run::RunResult result = run_of(plain_platform(), *trace);
  REQUIRE(result.failure.empty());
  const run::LoadResult& load = *result.load;
  CHECK(load.mean_running == Approx(10).epsilon(0.015));
  CHECK(load.all.response.mean().to_seconds() == Approx(5).epsilon(0.015));
  CHECK(load.all.invocations == Approx(144'000).epsilon(0.01));
  CHECK(load.all.arrived == load.all.invocations);
  // The bill is for the same time, in steps of 100 ms that are rounded up.
  const double gb_s = load.all.response.mean().to_seconds() + 0.05;
  CHECK(result.billed_gb_s / 144'000 == Approx(gb_s / 8).epsilon(0.02));
}

TEST_CASE("SimFaaS's example has its share of cold starts and its numbers of servers", "[load]") {
  platform::PlatformSpec platform = experiment::preset_platform(
      "{preset: aws-2020, functions: {invocation: {start_latency_ms: 0, start_latency_sigma: 0}, "
      "cold_starts: {python_zip: {probabilities: [0, 1], added_latency_ms: [252.999, 253.001]}}, "
      "warm_pool: {keep_alive_s: 600, eviction_granularity_s: 0}}}");
  // Four runs of 10^6 s, each with 1,200 cold starts.
  double cold = 0, servers = 0, running = 0;
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const auto trace = trace_generator::make_poisson_trace(
        {.per_s = 0.9, .mean = Duration::milliseconds(1991), .hours = 277.8}, seed, "load");
    const run::RunResult result = run_of(platform, *trace, {.seed = seed, .horizon = 2'000'000_s});
    REQUIRE(result.completed);
    cold += static_cast<double>(result.cold_starts) / static_cast<double>(result.invocations) / 4;
    servers += result.load->mean_environments / 4;
    running += result.load->mean_running / 4;
  }
  CHECK(cold == Approx(0.00133).epsilon(0.05));
  CHECK(servers == Approx(7.695).epsilon(0.01));
  CHECK(running == Approx(1.792).epsilon(0.01));
}

TEST_CASE("of ten servers without a queue as many are busy as Erlang's formula says", "[load]") {
  // 2 / s x 5 s is 10 Erlang; B(10, 10) = 0.214582, whatever the durations' distribution is.
  const PoissonDurations durations =
      GENERATE(PoissonDurations::exponential, PoissonDurations::constant);
  const auto trace = poisson(durations, 20);
  const run::RunResult result =
      run_of(plain_platform(", account_concurrency: 10, async_events: {age_limit_s: 0}"), *trace);
  REQUIRE(result.completed);
  const run::LoadGroup& all = result.load->all;
  CHECK(static_cast<double>(all.failed) / static_cast<double>(all.arrived) ==
        Approx(0.214582).epsilon(0.02));
  CHECK(result.load->mean_running == Approx(10 * (1 - 0.214582)).epsilon(0.01));
  CHECK(result.aged_out == all.failed);
}

TEST_CASE("the same seed gives the same invocations at the same times, and another one others",
          "[load]") {
  const auto trace = poisson(PoissonDurations::exponential, 0.5);
  const platform::PlatformSpec platform = experiment::preset_platform("aws-2020");
  const uint64_t hash = run_of(platform, *trace, {.seed = 3}).trace_hash;
  CHECK(run_of(platform, *trace, {.seed = 3}).trace_hash == hash);
  CHECK(run_of(platform, *trace, {.seed = 4}).trace_hash != hash);
}

TEST_CASE("what arrives in the warm-up runs and is in no statistics", "[load]") {
  const ListedTrace trace(2, {invocation(0, 0, 40), invocation(99, 1, 7), invocation(100, 0, 2),
                              invocation(200, 0, 4)});
  const run::RunResult result = run_of(plain_platform(), trace, {}, 100_s);
  const run::LoadGroup& all = result.load->all;
  CHECK(all.arrived == 4);
  CHECK(all.left_out == 2);
  CHECK(all.invocations == 2);
  CHECK(all.cold_starts == 0);
  CHECK(all.response.min() == 2_s);
  CHECK(all.response.max() == 4_s);
  CHECK(result.invocations == 4);
  CHECK(result.cold_starts == 2);
  CHECK(result.load->by_application->cold_share_p99 == 0);
  CHECK(result.load->until == 204_s);
}

TEST_CASE("what an invocation costs is counted for those that count, however many came before",
          "[load]") {
  // Each runs a second: ten in the warm-up, five after it.
  std::vector<traces::Invocation> rows;
  for (int i = 0; i < 15; ++i) rows.push_back(invocation(10.0 * i, 0, 1));
  const ListedTrace trace(1, rows);
  const run::RunResult whole = run_of(plain_platform(), trace);
  const run::RunResult counted = run_of(plain_platform(), trace, {}, 100_s);
  CHECK(whole.load->all.cost == whole.cost.total());
  CHECK(counted.cost.total() == whole.cost.total());
  // The first one's cold start is not billed.
  CHECK(counted.load->all.cost * 3 == whole.load->all.cost);
}

TEST_CASE("what comes faster than the API takes it is refused, with the limit's name", "[load]") {
  std::vector<traces::Invocation> rows;
  for (int i = 0; i < 100; ++i) rows.push_back(invocation(0, 0, 1));
  const ListedTrace trace(1, rows);
  const run::RunResult result =
      run_of(plain_platform(", account_concurrency: 5, requests_per_s_per_concurrency: 10"), trace);
  CHECK(result.refused == 50);
  CHECK(result.load->all.failed >= 50);
  CHECK(result.load->all.arrived == 100);
  CHECK_THAT(result.load->all.first_failure, Catch::Contains("CallerRateLimitExceeded"));
}

TEST_CASE("an event that is given up names the limit that kept it out", "[load]") {
  std::vector<traces::Invocation> rows{invocation(0, 0, 500), invocation(1, 0, 1)};
  const ListedTrace trace(1, rows);
  const auto first_failure = [&](const std::string& functions) {
    return run_of(plain_platform(", async_events: {age_limit_s: 60}" + functions), trace)
        .load->all.first_failure;
  };
  CHECK_THAT(first_failure(", account_concurrency: 1"),
             Catch::Contains("account_concurrency would help"));
  CHECK_THAT(first_failure(", warm_pool: {memory_limit_mb: 128}"),
             Catch::Contains("memory_limit_mb would help"));
}

TEST_CASE("a run that reaches its horizon fails, and says how far it came", "[load]") {
  const ListedTrace trace(1, {invocation(0, 0, 10), invocation(50, 0, 100), invocation(150, 0, 1)});
  const run::RunResult result = run_of(plain_platform(), trace, {.horizon = 100_s});
  CHECK_FALSE(result.completed);
  CHECK(result.failure.find("horizon of 100 s") != std::string::npos);
  CHECK(result.failure.find("2 invocations had arrived and 1 had ended") != std::string::npos);
  CHECK(run_of(plain_platform(), trace, {.horizon = 1000_s}).completed);
}

TEST_CASE("an invocation that is longer than the time limit is retried, and given up", "[load]") {
  const ListedTrace trace(1, {invocation(0, 0, 11), invocation(1000, 0, 10)});
  const run::RunResult result = run_of(plain_platform(", time_limit_s: 10"), trace);
  REQUIRE(result.completed);
  const run::LoadGroup& all = result.load->all;
  CHECK(all.arrived == 2);
  CHECK(all.failed == 1);
  CHECK(all.invocations == 1);
  CHECK(all.first_failure.find("time limit of 10") != std::string::npos);
  CHECK(result.invocations == 4);
  CHECK(result.retries == 2);
  CHECK(result.dropped == 1);
  CHECK(result.failed_executions == 3);
  CHECK(result.cold_starts == 4);  // a failed environment is gone
  // Tries at 0, 70 and 200 s: three of 10 s, and the next invocation's.
  CHECK(result.billed_gb_s == Approx(40.0 / 8).epsilon(0.01));
  CHECK(all.response.count() == 1);
  CHECK(all.response.max().to_seconds() == Approx(10.001));
}

TEST_CASE("what the account has no concurrency for backs off and waits", "[load]") {
  const ListedTrace trace(2, {invocation(0, 0, 10), invocation(0, 0, 10), invocation(0, 1, 10)});
  const run::RunResult result = run_of(plain_platform(", account_concurrency: 2"), trace);
  REQUIRE(result.completed);
  CHECK(result.peak_concurrency == 2);
  CHECK(result.load->all.invocations == 3);
  // Attempts at 0, 1, 3, 7 and 15 s, of which the last one finds room.
  CHECK(result.throttles == 4);
  CHECK(result.load->all.queueing.max() == 15_s);
  CHECK(result.load->all.response.max().to_seconds() == Approx(25.001));
  CHECK(result.load->all.slowdown.max().count_ns() == Approx(2.5001e6).epsilon(0.001));
  CHECK(run_of(plain_platform(), trace).throttles == 0);
}

TEST_CASE("environments that wait between invocations are idle memory", "[load]") {
  // 128 MB: 10 s until the second one, then the rest of the run, 30 s, which another function
  // makes.
  const ListedTrace trace(2, {invocation(0, 0, 10), invocation(20, 0, 5), invocation(50, 1, 5)});
  const run::RunResult result = run_of(plain_platform(), trace);
  CHECK(result.load->idle_gb_s == Approx((10 + 30) / 8.0).epsilon(0.001));
  CHECK(result.load->mean_running == Approx(20 / 55.0).epsilon(0.001));
  CHECK(result.load->mean_environments == Approx((55 + 5) / 55.0).epsilon(0.001));
}

namespace {

// Tells how much memory is allocated after some of its invocations, in the midst of the run.
class WatchedTrace final : public traces::Trace {
 public:
  explicit WatchedTrace(const traces::Trace& trace) : trace_(trace) {}
  const traces::FunctionTable& functions() const override { return trace_.functions(); }
  std::unique_ptr<traces::InvocationSource> invocations(
      const traces::Wanted& wanted) const override {
    return std::make_unique<Pass>(trace_.invocations(wanted), *this);
  }
  mutable size_t early_bytes = 0;
  mutable size_t late_bytes = 0;

 private:
  class Pass final : public traces::InvocationSource {
   public:
    Pass(std::unique_ptr<traces::InvocationSource> source, const WatchedTrace& trace)
        : source_(std::move(source)), trace_(trace) {}
    bool next(traces::Invocation& invocation) override {
      ++count_;
      if (count_ == 20'000) trace_.early_bytes = mallinfo2().uordblks;
      if (count_ == 140'000) trace_.late_bytes = mallinfo2().uordblks;
      return source_->next(invocation);
    }

   private:
    std::unique_ptr<traces::InvocationSource> source_;
    const WatchedTrace& trace_;
    size_t count_ = 0;
  };

  const traces::Trace& trace_;
};

}  // namespace

TEST_CASE("an invocation that is over takes no memory", "[load]") {
  const auto trace = poisson(PoissonDurations::exponential, 20);
  const WatchedTrace watched(*trace);
  REQUIRE(run_of(plain_platform(), watched).completed);
  // Less than a byte each; what quantiles and time lines are kept in is all that grows.
  CHECK(watched.late_bytes < watched.early_bytes + 60'000);
}

}  // namespace wukong::simulation

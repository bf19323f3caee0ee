#include "scheduler/pywren/pywren.h"

#include <algorithm>
#include <string>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/generators/noop.h"

namespace wukong {
namespace {

using accounting::Operation;
using pywren::map_levels;
using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;
using test::task_named;

const char* const kWarmPywren =
    "{preset: aws-2020, functions: {account_concurrency: 10000, warm_pool: {prewarmed: 10000}}}";

double noop_seconds(int64_t tasks, int64_t lambdas, const std::string& system) {
  generators::NoopParameters parameters;
  parameters.tasks = tasks;
  parameters.lambdas = lambdas;
  const auto run = run_policy(generators::make_noop(parameters), system, kWarmPywren);
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == static_cast<uint64_t>(lambdas));
  return run.result.makespan.to_seconds();
}

TEST_CASE("PyWren's warm scaling is that of SoCC'20 figure 2 within 10 %") {
  // T(N) = 7.25 s + 10.02 ms N
  CHECK(noop_seconds(1000, 1000, "pywren") == Approx(17.27).epsilon(0.1));
  CHECK(noop_seconds(10'000, 10'000, "pywren") == Approx(107.46).epsilon(0.1));
}

TEST_CASE("PyWren runs a linear chain in one call, and nothing of it moves but its result") {
  const auto dag = dag_from_text("a -> b; b -> c; x -> y");
  const auto run = run_policy(dag, "pywren", kWarmPywren);
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 2);
  CHECK(run.result.usage.nominal_read == Bytes(0));
  CHECK(run.result.usage.nominal_written == Bytes(2 * 1000));
  const auto apart = run_policy(dag, "{pywren: {chains_in_one_call: false}}", kWarmPywren);
  CHECK(test::each_task_once(apart));
  CHECK(apart.result.invocations == 5);
  CHECK(apart.result.usage.nominal_read == Bytes(3 * 1000));
}

TEST_CASE("a map holds the calls of one level, each after all that it reads from") {
  // c and d are a chain; e waits for it though b, its other input, is a level earlier.
  const auto dag = dag_from_text("a -> b; a -> c; c -> d; d -> e; b -> e");
  const auto levels = map_levels(dag, true);
  REQUIRE(levels.size() == 3);
  CHECK(levels[0] == std::vector{task_named(dag, "a")});
  CHECK(levels[1] == std::vector{task_named(dag, "b"), task_named(dag, "c")});
  CHECK(levels[2] == std::vector{task_named(dag, "e")});
  CHECK(map_levels(dag, false).size() == 4);
}

TEST_CASE("PyWren reads every input of a call from the store once and writes every output") {
  const auto run =
      run_policy(dag_from_text("a -> b; a -> c; b -> d; c -> d"), "pywren", kWarmPywren);
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 4);
  CHECK(run.result.usage.nominal_read == Bytes(4 * 1000));
  CHECK(run.result.usage.nominal_written == Bytes(4 * 1000));
}

TEST_CASE("the client waits for all of a map before it makes the next") {
  // Of the first level, "slow" takes 30 s; "after" needs "fast" only and waits all the same.
  DagTextOptions options;
  options.durations["slow"] = Duration::seconds(30);
  const auto run = run_policy(dag_from_text("fast -> after; fast -> other; slow", options),
                              "pywren", kWarmPywren);
  CHECK(test::each_task_once(run));
  // Two maps of 2.1 s and 5 s at least, and the 30 s.
  CHECK(run.result.makespan >= Duration::seconds(30 + 7 + 5));
}

TEST_CASE("a PyWren call is billed until its handler looks for its child's end") {
  const auto dag = dag_from_text("only");
  const auto polled =
      run_policy(dag, "{pywren: {call: {child_poll_s: 20, worker_setup_s: 0.5}}}", kWarmPywren);
  const auto told =
      run_policy(dag, "{pywren: {call: {child_poll_s: 0, worker_setup_s: 0.5}}}", kWarmPywren);
  const double gb = 3008.0 / 1024;
  CHECK(polled.result.billed_gb_s >= 20 * gb);
  CHECK(polled.result.billed_gb_s < 21 * gb);
  CHECK(told.result.billed_gb_s < 1.5 * gb);
}

TEST_CASE("a level larger than a map may be is several maps") {
  const auto dag = dag_from_text("a; b; c; d; e");
  const auto one = run_policy(dag, "pywren", kWarmPywren);
  const auto three = run_policy(dag, "{pywren: {map_limit: 2}}", kWarmPywren);
  CHECK(test::each_task_once(three));
  // Two set-ups of 2.1 s and two polls of 5 s more.
  CHECK(three.result.makespan >= one.result.makespan + Duration::seconds(14));
}

TEST_CASE("Lithops has so many calls in flight and no more") {
  const auto dag = dag_from_text("a; b; c; d; e; f; g; h");
  const auto run = run_policy(dag, "{lithops: {in_flight_limit: 3}}", kWarmPywren);
  CHECK(test::each_task_once(run));
  CHECK(run.result.peak_concurrency <= 3);
}

TEST_CASE("Lithops sees the end of a map sooner than PyWren") {
  CHECK(noop_seconds(250, 250, "lithops") + 3 < noop_seconds(250, 250, "pywren"));
}

TEST_CASE("PyWren's client says so when a function has failed") {
  // S3 turns away all reads but one a second, and nobody tries again.
  const std::string platform = "{preset: aws-2020, s3: {reads_per_second: 1, retry_attempts: 0}}";
  const auto run = run_policy(dag_from_text("a; b; c"), "pywren", platform);
  CHECK_FALSE(run.result.completed);
  CHECK(run.result.failure.find("ended with an error") != std::string::npos);
}

TEST_CASE("a call beyond its time limit ends the run, not the client's patience") {
  DagTextOptions options;
  options.duration = Duration::seconds(30);
  const std::string platform = "{preset: aws-2020, functions: {time_limit_s: 20}}";
  const auto run = run_policy(dag_from_text("a", options), "pywren", platform);
  CHECK_FALSE(run.result.completed);
  CHECK(run.result.failure.find("given up") != std::string::npos);
}

TEST_CASE("a PyWren child that runs too long is ended, and its call has failed") {
  DagTextOptions options;
  options.durations["slow"] = Duration::seconds(60);
  const auto dag = dag_from_text("slow; quick", options);
  const auto unlimited = run_policy(dag, "pywren", kWarmPywren);
  const auto limited = run_policy(dag, "{pywren: {call: {longest_run_s: 20}}}", kWarmPywren);
  CHECK(unlimited.result.completed);
  CHECK_FALSE(limited.result.completed);
  CHECK(limited.result.failure ==
        "1 call ended with an error; 1 was ended by PyWren after 20.0 s; a larger longest_run_s "
        "would help");
  // 40 s less of one function.
  const double gb = 3008.0 / 1024;
  CHECK(limited.result.billed_gb_s < unlimited.result.billed_gb_s - 39 * gb);
}

TEST_CASE("PyWren makes the calls beyond its limit when it has seen others end") {
  const auto dag = dag_from_text("a -> e; b -> e; c -> e; d -> e");
  const auto run = run_policy(dag, "{pywren: {in_flight_limit: 1}}");
  CHECK(test::each_task_once(run));
  CHECK(run.result.peak_concurrency == 1);
  CHECK(run.result.makespan > run_policy(dag, "pywren").result.makespan);
}

}  // namespace
}  // namespace wukong

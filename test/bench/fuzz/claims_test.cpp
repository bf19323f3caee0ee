// Wukong's claims of tasks (docs/faults.md): what a fault repeats is bounded, wherever it strikes,
// and no task is lost for it.
#include <fmt/format.h>

#include "bench/fuzz/fuzz_case.h"
#include "test/catch.h"

namespace wukong::fuzz {
namespace {

using faults::FaultKind;
using faults::FaultPoint;

// Every task before every later one.
std::string complete_dag(int tasks) {
  std::string edges;
  for (int from = 0; from < tasks; ++from)
    for (int to = from + 1; to < tasks; ++to) edges += fmt::format("t{} -> t{}; ", from, to);
  return edges.substr(0, edges.size() - 2);
}

std::string ladder_of_diamonds(int diamonds) {
  std::string edges;
  for (int i = 0; i < diamonds; ++i)
    edges += fmt::format("s{0} -> l{0}; s{0} -> r{0}; l{0} -> s{1}; r{0} -> s{1}; ", i, i + 1);
  return edges.substr(0, edges.size() - 2);
}

// Some objects are large enough for clustering and delayed I/O, or all are small.
constexpr const char* kMixedObjects = "[250000000, 1000, 300000]";
constexpr const char* kSmallObjects = "[1000]";

PreparedCase prepare_claims(const std::string& edges, const std::string& options,
                            const char* bytes = kMixedObjects) {
  return prepare_case(
      fmt::format("{{platform: {{preset: aws-2020, functions: {{time_limit_s: 60, async_events: "
                  "{{retry_waits_s: [0.1, 0.2]}}}}}}, workload: {{sketch: {{edges: \"{}\", bytes: "
                  "{}, seconds: [0.1, 0.3, 0.1]}}}}, systems: [{{wukong: "
                  "{{bit_counters: true, {}}}}}], horizon_s: 7200}}",
                  edges, bytes, options));
}

run::RunResult run_with_points(const PreparedCase& prepared,
                               const std::vector<FaultPoint>& points) {
  faults::FaultSpec faults;
  faults.points = points;
  return run_case(prepared, faults);
}

TEST_CASE("without claims a crash repeats all that follows, and the run says so and ends",
          "[faults]") {
  const run::RunResult result =
      run_with_points(prepare_claims(complete_dag(20), "claim_tasks: false", kSmallObjects),
                      {{FaultKind::crash_after, 110}});
  CHECK(result.avalanche);
  CHECK_FALSE(result.completed);
  CHECK_FALSE(result.deadlocked);
  CHECK(result.violations.empty());  // it was never promised
  CHECK(result.executed <= 10'001);
  CHECK_THAT(result.failure, Catch::StartsWith("an avalanche of repeated work: more than 10000 "
                                               "executions of 20 tasks, of t"));
  CHECK_THAT(result.failure, Catch::Contains("the first cause is crash_after:110 at"));
  CHECK_THAT(result.failure, Catch::EndsWith("claim_tasks would bound it"));
}

TEST_CASE("with claims a crash repeats what its executor ran, and nothing else", "[faults]") {
  for (const int tasks : {20, 30}) {
    const run::RunResult result =
        run_with_points(prepare_claims(complete_dag(tasks), "claim_tasks: true", kSmallObjects),
                        {{FaultKind::crash_after, 110}});
    CHECK(result.completed);
    CHECK(result.faults.size() == 1);
    CHECK(result.executed > result.tasks);  // the executor that crashed had run some
    CHECK(result.executed <= 2 * result.tasks);
  }
}

TEST_CASE("with claims a doubled invocation is repeated once, by the storage proxy too",
          "[faults]") {
  for (const char* options : {"proxy_threshold: 2", "inline_arguments: false"}) {
    const std::string with_claims = fmt::format("claim_tasks: true, {}", options);
    const run::RunResult result =
        run_with_points(prepare_claims(ladder_of_diamonds(20), with_claims, kSmallObjects),
                        {{FaultKind::duplicate_invocation, 1}});
    CHECK(result.completed);
    CHECK(result.executed <= 2 * result.tasks);
  }
}

// Each crash after an operation with each later one, so that a retry crashes too; each with each
// doubled invocation, so that a copy does. A task that is lost, or run without a cause, breaks an
// invariant.
void expect_every_pair_harmless(const PreparedCase& prepared) {
  const faults::FaultCounts opportunities =
      run_with_points(prepared, {{FaultKind::crash_after, ~uint64_t{0}}}).fault_opportunities;
  const uint64_t crashes = opportunities[static_cast<size_t>(FaultKind::crash_after)];
  const uint64_t doubles = opportunities[static_cast<size_t>(FaultKind::duplicate_invocation)];
  REQUIRE(crashes > 0);
  REQUIRE(doubles > 0);
  size_t broken = 0;
  const auto expect_harmless = [&](const std::vector<FaultPoint>& points) {
    const run::RunResult result = run_with_points(prepared, points);
    if (result.completed && result.violations.empty()) return;
    INFO(faults::describe(points) << ": " << result.failure);
    CHECK(++broken > 3);  // the first ones are told
  };
  for (uint64_t first = 1; first <= crashes; ++first) {
    for (uint64_t second = first + 1; second <= 2 * crashes; ++second)
      expect_harmless({{FaultKind::crash_after, first}, {FaultKind::crash_after, second}});
    for (uint64_t copy = 1; copy <= doubles; ++copy)
      expect_harmless({{FaultKind::duplicate_invocation, copy}, {FaultKind::crash_after, first}});
  }
  CHECK(broken == 0);
}

TEST_CASE("with claims every pair of crashes and of a crash and a doubled invocation is harmless",
          "[faults][long]") {
  const char* const options =
      GENERATE("clustering_fan_out: false", "clustering_fan_out: true, delayed_io_step_s: 0.1",
               "clustering_fan_out: false, proxy_threshold: 2",
               "clustering_fan_out: false, inline_arguments: false",
               "clustering_fan_out: false, stay_within_time_limit: true");
  const std::string edges = GENERATE(as<std::string>(), "a -> c; b -> c; a -> d; b -> d; c -> e",
                                     "a -> b; a -> c; b -> d; c -> d; a -> d");
  expect_every_pair_harmless(prepare_claims(edges, fmt::format("claim_tasks: true, {}", options)));
}

}  // namespace
}  // namespace wukong::fuzz

// What each system promises under faults (docs/faults.md), shown on small DAGs.
#include <fmt/format.h>

#include "bench/fuzz/fuzz_case.h"
#include "bench/simulation/run.h"
#include "test/catch.h"

namespace wukong::fuzz {
namespace {

using faults::FaultKind;
using faults::FaultPoint;

// The second predecessor of c takes longer than retries of reading its object go on.
PreparedCase prepare(const std::string& system, const std::string& edges = "a -> c; b -> c; c -> d",
                     const std::string& seconds = "[0.1, 0.1, 50, 0.1]") {
  return prepare_case(
      fmt::format("{{platform: {{preset: aws-2020, functions: {{time_limit_s: 120, async_events: "
                  "{{retry_waits_s: [0.1, 0.2]}}}}}}, workload: {{sketch: {{edges: \"{}\", "
                  "seconds: {}}}}}, systems: [{}], "
                  "horizon_s: 7200}}",
                  edges, seconds, system));
}

run::RunResult run_with(const PreparedCase& prepared, const std::vector<FaultPoint>& points) {
  faults::FaultSpec faults;
  faults.points = points;
  return run_case(prepared, faults);
}

// One run for each opportunity of the kind that a run without a fault has.
std::vector<run::RunResult> run_each(const PreparedCase& prepared, FaultKind kind) {
  const FaultPoint never{kind, ~uint64_t{0}};
  const uint64_t opportunities =
      run_with(prepared, {never}).fault_opportunities[static_cast<size_t>(kind)];
  REQUIRE(opportunities > 0);
  std::vector<run::RunResult> results;
  for (uint64_t number = 1; number <= opportunities; ++number)
    results.push_back(run_with(prepared, {{kind, number}}));
  return results;
}

size_t completed(const std::vector<run::RunResult>& results) {
  size_t count = 0;
  for (const run::RunResult& result : results) count += result.completed ? 1 : 0;
  return count;
}

TEST_CASE("a result that numpywren makes twice counts once", "[fuzz]") {
  // Counted twice, the program would be over before the other result is there.
  for (int number = 1; number <= 4; ++number) {
    const std::string points = "duplicate_message:" + std::to_string(number);
    CHECK(report_case(0,
                      "{platform: aws-2020, workload: {sketch: {edges: \"a; b\", seconds: [0.1, "
                      "40]}}, systems: [{numpywren: {workers: 3}}], faults: {points: \"" +
                          points + "\"}}")
              .violations.empty());
  }
}

TEST_CASE("an increment repeated by a retry loses work with integer counters, and the run says so",
          "[faults]") {
  const PreparedCase integers = prepare("{wukong: {bit_counters: false}}");
  const auto results = run_each(integers, FaultKind::lost_metadata_reply);
  size_t lost = 0;
  for (const run::RunResult& result : results) {
    CHECK(result.violations.empty());
    CHECK_FALSE(result.deadlocked);
    if (result.completed) continue;
    ++lost;
    const bool said = result.failure.find("work was lost") == 0 ||
                      result.failure.find("given up after the last retry") != std::string::npos;
    INFO(result.failure);
    CHECK(said);
  }
  CHECK(lost > 0);
}

TEST_CASE("with bit counters every repeated request of Wukong is harmless", "[faults]") {
  const PreparedCase bits = prepare("{wukong: {bit_counters: true}}");
  for (const FaultKind kind :
       {FaultKind::lost_metadata_reply, FaultKind::failed_metadata, FaultKind::crash_before,
        FaultKind::crash_during, FaultKind::crash_after, FaultKind::hang,
        FaultKind::duplicate_invocation, FaultKind::lost_storage_reply,
        FaultKind::duplicate_message}) {
    INFO(faults::name_of(kind));
    const auto results = run_each(bits, kind);
    CHECK(completed(results) == results.size());
  }
}

TEST_CASE("an executor that crashes after its last retry ends the run with the reason",
          "[faults]") {
  const PreparedCase wukong = prepare("{wukong: {bit_counters: true}}", "a");
  faults::FaultSpec faults;
  faults.probabilities[static_cast<size_t>(FaultKind::crash_before)] = 1;
  const run::RunResult result = run_case(wukong, faults);
  CHECK_FALSE(result.completed);
  CHECK_FALSE(result.deadlocked);
  CHECK(result.violations.empty());
  CHECK(result.dropped == 1);
  CHECK(result.faults.size() == 3);  // the first try and two retries
  CHECK(result.failure.find("given up after the last retry") != std::string::npos);
  CHECK(result.failure.find("it crashed") != std::string::npos);
}

TEST_CASE("a Dask worker that dies loses what it holds, which is computed again", "[faults]") {
  const PreparedCase dask = prepare("dask-125", "a -> c; b -> c; c -> d; d -> e");
  const run::RunResult usual = run_with(dask, {});
  const auto results = run_each(dask, FaultKind::machine_death);
  CHECK(results.size() == 5);
  CHECK(completed(results) == results.size());
  size_t repeated = 0;
  for (const run::RunResult& result : results) repeated += result.executed > usual.executed ? 1 : 0;
  CHECK(repeated > 0);
}

TEST_CASE("numpywren survives any crash of a worker, and tells of a lost input", "[faults]") {
  const PreparedCase numpywren =
      prepare("{numpywren: {workers: 1, worker_timeout_s: 20, pipeline_width: 1}}", "a -> b");
  for (const FaultKind kind : {FaultKind::crash_before, FaultKind::crash_after})
    for (const uint64_t number : {5, 10, 20, 30, 40, 50, 60}) {
      INFO(faults::name_of(kind) << ":" << number);
      CHECK(run_with(numpywren, {{kind, number}}).completed);
    }
  size_t told = 0;
  for (const run::RunResult& result : run_each(numpywren, FaultKind::shard_loss)) {
    CHECK(result.violations.empty());
    told += result.failure.find("numpywren takes it for zeros") != std::string::npos ? 1 : 0;
  }
  CHECK(told > 0);
}

TEST_CASE("faults that never strike change no time, and none at all changes no event", "[faults]") {
  for (const char* system :
       {"wukong", "{numpywren: {workers: 2}}", "pywren", "pubsub", "dask-125"}) {
    INFO(system);
    const PreparedCase prepared = prepare(system);
    const simulation::RunOptions plain{.seed = prepared.experiment.seed};
    const run::RunResult without =
        simulation::run_once(prepared.experiment.platform, prepared.experiment.systems.front(),
                             "test", *prepared.dag, plain);
    CHECK(run_with(prepared, {}).trace_hash == without.trace_hash);
    const run::RunResult never = run_with(prepared, {{FaultKind::hang, ~uint64_t{0}}});
    CHECK(never.makespan == without.makespan);
    CHECK(never.cost.total() == without.cost.total());
    CHECK(never.faults.empty());
  }
}

}  // namespace
}  // namespace wukong::fuzz

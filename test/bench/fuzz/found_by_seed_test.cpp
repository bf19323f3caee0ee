// Bugs that the fuzzer found, each with the case that it was shrunk to. Named after seed and run.
#include <string>

#include "bench/fuzz/fuzz_case.h"
#include "test/catch.h"

namespace wukong::fuzz {
namespace {

std::vector<std::string> violations(const std::string& text) {
  return report_case(0, text).violations;
}

const std::vector<std::string> kNone;

std::string independent_tasks(int count) {
  std::string tasks;
  for (int task = 0; task < count; ++task)
    tasks += (task == 0 ? "t" : "; t") + std::to_string(task);
  return tasks;
}

TEST_CASE("seed 20261128, run 34709: a store without memory is why its proxy's work stands still",
          "[fuzz]") {
  const std::string text =
      "{platform: {preset: aws-2020, machines: {fargate-4vcpu-30gb: {memory_gib: 1e-12}}}, "
      "workload: {sketch: {edges: \"a -> b; a -> c; a -> d\", bytes: [1000], seconds: [0.1]}}, "
      "systems: [{wukong: {proxy_threshold: 3}}], seed: 873493405, horizon_s: 100}";
  CHECK(violations(text) == kNone);
  const PreparedCase prepared = prepare_case(text);
  const run::RunResult result = run_case(prepared, prepared.experiment.faults);
  CHECK(result.failure ==
        "1 write was refused by a Redis without memory for it: more shards, or a larger memory_gib "
        "of their machines, would help");
  CHECK_FALSE(result.deadlocked);
}

TEST_CASE("seed 20261129, run 13770: a start of less than a nanosecond is drawn like others",
          "[fuzz]") {
  CHECK(violations("{platform: {preset: aws-2024, functions: {invocation: {start_latency_sigma: "
                   "3}}}, workload: {sketch: {edges: \"" +
                   independent_tasks(152) +
                   "\", bytes: [1000], seconds: [0.1]}}, systems: [pywren], seed: 42196010, "
                   "horizon_s: 100}") == kNone);
}

TEST_CASE("seed 20261140, run 12927: a pool without memory for one environment is refused",
          "[fuzz]") {
  const auto pool = [](const std::string& memory_mb) {
    return "{platform: {preset: aws-2020, functions: {warm_pool: {memory_limit_mb: " + memory_mb +
           "}}}, workload: {sketch: {edges: \"a -> b\", bytes: [1000]}}, systems: [wukong]}";
  };
  CHECK(report_case(0, pool("3007")).rejected == 1);
  CHECK_THROWS_WITH(run_case(prepare_case(pool("3007")), {}),
                    "platform.functions.warm_pool.memory_limit_mb: expected at least 3008, which "
                    "one environment of "
                    "executor takes, found 3007");
  CHECK(violations(pool("3008")) == kNone);
}

TEST_CASE("seed 20261134, run 18200: a microsecond fills a burst by one byte, or by almost one",
          "[fuzz]") {
  CHECK(violations("{platform: {preset: aws-2024, redis: {command_time_us: 1}, functions: "
                   "{environment: {network: {rate_mib_per_s: 0.95367431640625}}}}, workload: "
                   "{sketch: {edges: \"a\", bytes: [400000000], seconds: [0.5]}}, systems: "
                   "[pubsub], seed: 878443313, horizon_s: 100}") == kNone);
}

TEST_CASE("seed 20261130, run 22824: each copy of an avalanche has its coroutines",
          "[fuzz][long]") {
  CHECK(violations("{platform: aws-2020, workload: {layered: {depth: 160, width: 5, fan_in: 3, "
                   "object_kb: 1, seed: 344}}, systems: [{wukong: {bit_counters: true, "
                   "clustering_fan_in: false, become_first_only: true, proxy_threshold: 2, "
                   "inline_arguments: false}}], faults: {failed_storage: 0.01, "
                   "lost_storage_reply: 0.1, shard_outage: 0.03, duplicate_message: 0.01, "
                   "reordered_message: 0.1, longest_delay_s: 0.2, outage_s: 0.5}, seed: "
                   "610244945, horizon_s: 200000}") == kNone);
}

TEST_CASE("seed 20261130, run 15440: a bandwidth at which nothing large arrives is refused",
          "[fuzz]") {
  const auto redis = [](const std::string& mb_per_s) {
    return "{platform: {preset: aws-2020, redis: {bandwidth_mb_per_s: " + mb_per_s +
           "}}, workload: {sketch: {edges: \"a\", bytes: [1000], seconds: [0.1]}}, systems: "
           "[{wukong: {schedule_node_bytes: 1000000000000000}}], seed: 380722330, horizon_s: 100}";
  };
  CHECK_THROWS_WITH(violations(redis("1e-12")), Catch::Contains("at least 1"));
  CHECK(violations(redis("1")) == kNone);
}

TEST_CASE("seed 20261128, run 24977: a lease that runs out explains a message that is left",
          "[fuzz]") {
  CHECK(violations("{platform: {preset: aws-2020, functions: {time_limit_s: 90}}, workload: "
                   "{sketch: {edges: \"a\", bytes: [1000], seconds: [5], threads: [16], recorded: "
                   "true}}, systems: [{numpywren: {renewals: 1}}], seed: 960609926, horizon_s: "
                   "7200}") == kNone);
}

TEST_CASE("seed 88001, run 4638: no memory is faster than an unlimited one", "[fuzz]") {
  CHECK(violations("{platform: {preset: aws-2020, compute: {memory_bandwidth_per_vcpu_gb_per_s: "
                   "1125899.906842624}}, workload: {tree_reduction: {elements: 32}}, systems: "
                   "[dask-threads], seed: 33467869, horizon_s: 100}") == kNone);
}

TEST_CASE("seed 77123, run 7652: memory that is too slow for any task to end is refused",
          "[fuzz]") {
  const auto laptop = [](const std::string& gb_per_s) {
    return "{platform: {preset: aws-2020, machines: {laptop-2core: {memory_bandwidth_gb_per_s: " +
           gb_per_s +
           "}}}, workload: {tsqr: {rows: 163840, columns: 128}}, systems: "
           "[dask-laptop], seed: 327829274, horizon_s: 100}";
  };
  CHECK_THROWS_WITH(violations(laptop("1e-12")), Catch::Contains("at least 0.001"));
  CHECK(violations(laptop("0.001")) == kNone);
}

TEST_CASE("seed 1, run 1435: the storage proxy stores again what could not be stored", "[fuzz]") {
  CHECK(
      violations("{platform: aws-2024, workload: {sketch: {edges: \"a; b; c; d; e; f; g; h; i; j; "
                 "k; l; a -> b; a -> d; c -> e; c -> f; a -> j; c -> k\", bytes: [1000, 1000, "
                 "300000, 1000], seconds: [0.1, 0.1, 5, 0.1]}}, systems: [{wukong: "
                 "{bit_counters: true, proxy_threshold: 3}}], faults: {points: "
                 "\"failed_storage:6 failed_storage:10\"}, seed: 221826095}") == kNone);
}

TEST_CASE("seed 2, run 593: the storage proxy repeats an increment that failed", "[fuzz]") {
  CHECK(violations("{platform: {preset: aws-2024, functions: {scaling: {burst: 1}}}, workload: "
                   "{sketch: {edges: \"a; b; c; d; a -> b; b -> c; a -> c\"}}, systems: [{wukong: "
                   "{proxy_threshold: 2}}], faults: {points: \"failed_metadata:2 "
                   "failed_metadata:5\"}, seed: 315933002}") == kNone);
}

TEST_CASE("seed 2, run 57: workers whose function could not be uploaded are not launched",
          "[fuzz]") {
  const std::string text =
      "{platform: aws-2024, workload: {sketch: {edges: \"a\"}}, systems: [numpywren], faults: "
      "{points: \"failed_storage:1\"}, seed: 926454377, horizon_s: 3600}";
  CHECK(violations(text) == kNone);
  const PreparedCase prepared = prepare_case(text);
  CHECK(run_case(prepared, prepared.experiment.faults).failure ==
        "the driver could not upload the workers' function");
}

TEST_CASE(
    "seed 5, run 1643: a Dask worker that made what it asked for does not fetch it from itself",
    "[fuzz]") {
  CHECK(violations(
            "{platform: socc20, workload: {sketch: {edges: \"a; b; c; d; e; f; g; h; b -> d; a "
            "-> f; c -> f; b -> h\", bytes: [250000000, 250000000, 250000000, 1000], "
            "seconds: [0.1]}}, systems: [dask-laptop], faults: {machine_death: 0.1}, seed: "
            "656978822}") == kNone);
}

TEST_CASE("seed 7, run 1919: a function of less memory than an executor is billed for its own",
          "[fuzz]") {
  CHECK(violations("{platform: {preset: socc20, functions: {async_events: {retry_waits_s: []}}}, "
                   "workload: {sketch: {edges: \"a; b\", objects: false}}, systems: [{wukong: "
                   "{invoker_function_threshold: 0}}], faults: {points: \"hang:1\"}, seed: "
                   "943825238, horizon_s: 30000}") == kNone);
}

TEST_CASE("seed 7, run 8929: Dask computes again what a worker that ran out of memory held",
          "[fuzz]") {
  CHECK(violations(
            "{platform: aws-2020, workload: {sketch: {edges: \"a; b; c; d; e; f; g; h; i; j; k; l; "
            "m; n; o; p; a -> b; c -> d; b -> e; a -> f; d -> g; e -> g; f -> j; d -> j; f -> m\", "
            "bytes: [1000, 1000, 1000, 400000000, 1000, 400000000, 400000000, 1000, 210000000, "
            "1000, 1000, 400000000, 210000000, 1000, 1000, 400000000], seconds: [0.1, 0.1, 0.1, "
            "0.1, 0.1, 0.1, 2, 5, 2, 0.1, 0.1, 0.5, 0.5, 0.1, 0.1, 0.01]}}, systems: "
            "[dask-laptop], seed: 216428582, horizon_s: 30000}") == kNone);
}

TEST_CASE("seed 20261123, run 345: a fan-in that fires too early may end below the critical path",
          "[fuzz]") {
  CHECK(violations(
            "{platform: aws-2024, workload: {sketch: {edges: \"a; b; c; d; e; f; g; h; b -> c; c "
            "-> d; b -> d\", bytes: [1000, 1000, 300000, 1000], seconds: [0.1, 0.1, 2, 0.1], "
            "objects: false}}, systems: [{wukong: {bit_counters: false, proxy_threshold: 2}}], "
            "faults: {points: "
            "\"duplicate_message:6\"}, seed: 63924399}") == kNone);
}

TEST_CASE("seed 32, run 3043: who is ended at its time limit, and counts twice, breaks no promise",
          "[fuzz]") {
  // Time limits end executors, and integer counters count those that run again twice.
  const std::string text =
      "{platform: {preset: aws-2020, functions: {time_limit_s: 10, memory_mb: 1024}}, workload: "
      "{sketch: {edges: \"a; b; c; d; e; a -> b; b -> c; b -> d; d -> e; c -> e\", bytes: [0, "
      "1000, 300000, 1000], seconds: [2, 0.1, 5, 0.1], recorded: true, objects: false}}, systems: "
      "[{wukong-tree: {bit_counters: false}}], seed: 607733079}";
  CHECK(violations(text) == kNone);
}

TEST_CASE("seed 20261124, run 47735: the storage proxy outlasts every outage", "[fuzz]") {
  // Whoever else fails is run again by Lambda; a proxy with one try would lose what it took over.
  for (int request = 1; request <= 4; ++request)
    CHECK(
        violations("{platform: aws-2024, workload: {sketch: {edges: \"a; b; c; d; a -> b; a -> c; "
                   "a -> d\", bytes: [1000]}}, systems: [{wukong: {bit_counters: true, "
                   "proxy_threshold: 2, storage_retry: {tries: 1}, counter_retry: {tries: 1}}}], "
                   "faults: {points: \"failed_storage:" +
                   std::to_string(request) + "\"}}") == kNone);
}

TEST_CASE("a call of PyWren that was delivered twice counts once", "[fuzz]") {
  // Counted twice, the second level would start before the first has ended.
  for (const char* points : {"duplicate_invocation:1", "duplicate_invocation:2"})
    CHECK(violations("{platform: aws-2020, workload: {sketch: {edges: \"a -> c; b -> c; c -> d\", "
                     "seconds: [0.1, 20, 0.1]}}, systems: [pywren], faults: {points: \"" +
                     std::string(points) + "\"}}") == kNone);
}

TEST_CASE("an edge of numpywren that could not be counted is counted by whoever does it again",
          "[fuzz]") {
  for (int number = 1; number <= 80; number += 3)
    CHECK(report_case(0,
                      "{platform: aws-2020, workload: {sketch: {edges: \"a -> b\"}}, systems: "
                      "[{numpywren: {workers: 1, worker_timeout_s: 20}}], faults: {points: "
                      "\"failed_metadata:" +
                          std::to_string(number) + "\"}, horizon_s: 3600}")
              .completed == 1);
}

}  // namespace
}  // namespace wukong::fuzz

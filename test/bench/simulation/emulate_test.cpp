
#include "bench/simulation/emulate.h"

#include <atomic>
#include <span>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/preset_setup.h"
#include "bench/parameters/explain.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/result/result_json.h"
#include "bench/simulation/run.h"
#include "scheduler/policy/policy.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/runtime/support/redis_server.h"
#include "test/support/dag_text.h"
#include "workloads/computations/computation.h"

namespace wukong::simulation {
namespace {

// Modelled delays are of no interest here, so they are short.
experiment::Experiment make_emulation(const std::string& workload, const std::string& systems,
                                      const std::string& emulation = "{speed: 50}",
                                      const std::string& platform = "local") {
  const std::string text = "platform: " + platform + "\nworkload: " + workload +
                           "\nsystems: " + systems + "\nemulation: " + emulation + "\n";
  return experiment::make_experiment(
      parameters::parse_yaml(text, {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
}

// 64 blocks or more of each, and small ones: the scheduling is what is looked at.
const char* const kWorkloads[] = {
    "{tsqr: {rows: 2048, columns: 8, block_rows: 32}}",
    "{tsqr: {rows: 2048, columns: 8, block_rows: 32, with_q: true}}",
    "{gemm: {n: 130, block: 16}}",
    "{gemm: {n: 128, block: 16, persisted_input: false}}",
    "{svd1: {rows: 2048, columns: 8, block_rows: 32}}",
    "{svd2: {n: 250, block: 32}}",
    "{svd2: {n: 250, block: 32, result: s}}",
    "{svc: {samples: 640, chunks: 64, support_vectors: 50}}",
    "{cholesky: {n: 175, block: 16}}",
    "{tree_reduction: {elements: 1001}}",
    "{noop: {tasks: 100, lambdas: 10, value_bytes: 100}}",
    "{layered: {depth: 5, width: 12, task_ms: 5, object_kb: 3}}",
};

const char* const kWukongs[] = {
    "{wukong: {clustering_fan_out: false, clustering_fan_in: false, delayed_io: false}}",
    "{wukong: {large_object_threshold_mb: 0.0005, clustering_fan_in: false, delayed_io: false}}",
    "{wukong: {large_object_threshold_mb: 0.0005, delayed_io: false}}",
    "{wukong: {large_object_threshold_mb: 0.0005}}",
    "{wukong: {bit_counters: true, inline_arguments: false}}",
    "{wukong: {proxy_threshold: 2}}",
};

void check_run(const EmulatedRun& run) {
  INFO(run.result.system << " " << run.result.workload << ": " << run.result.failure);
  CHECK(run.result.completed);
  REQUIRE(run.result.verification);
  CHECK(run.result.verification->passed);
  CHECK(run.result.executed == run.result.tasks);
}

TEST_CASE("every workload's result is right under every system, each task run once", "[emulate]") {
  for (const char* const workload : kWorkloads) {
    const experiment::Experiment experiment = make_emulation(
        workload, "[wukong, {numpywren-local: {workers: 8}}, strawman, pubsub, dask-laptop]");
    for (const EmulatedRun& run : emulate_experiment(experiment)) check_run(run);
  }
}

TEST_CASE("PyWren's results are right", "[emulate]") {
  for (const char* const workload : {kWorkloads[0], kWorkloads[2]})
    for (const EmulatedRun& run : emulate_experiment(make_emulation(workload, "[pywren-local]")))
      check_run(run);
}

TEST_CASE("Wukong's results are right with each optimisation on and off", "[emulate]") {
  for (const char* const workload : {kWorkloads[1], kWorkloads[2], kWorkloads[5], kWorkloads[8]})
    for (const char* const wukong : kWukongs)
      for (const EmulatedRun& run :
           emulate_experiment(make_emulation(workload, std::string("[") + wukong + "]")))
        check_run(run);
}

TEST_CASE("an emulation moves the bytes that the simulation says, where the policy promises it",
          "[emulate]") {
  for (const char* const workload : {kWorkloads[0], kWorkloads[2], kWorkloads[8]}) {
    const experiment::Experiment experiment =
        make_emulation(workload,
                       "[wukong, strawman, pubsub, {numpywren-local: {workers: 8}}, pywren-local, "
                       "dask-laptop, dask-threads]");
    const std::vector<EmulatedRun> emulated = emulate_experiment(experiment);
    const std::vector<run::RunResult> simulated = run_experiment(experiment, 1);
    size_t compared = 0;
    for (size_t i = 0; i < emulated.size(); ++i) {
      const experiment::SystemSetup& system = experiment.systems[i];
      const scheduler::Promises promises = system.policy->promises_with(*system.options);
      if (!promises.same_bytes) continue;
      ++compared;
      const accounting::Usage& found = emulated[i].result.usage;
      const accounting::Usage& expected = simulated[i].usage;
      INFO(workload << " " << simulated[i].system);
      CHECK(found.written == expected.written);
      CHECK(found.nominal_written == expected.nominal_written);
      CHECK(found.read == expected.read);
      CHECK(emulated[i].result.executed == simulated[i].executed);
      if (promises.same_invocations)
        CHECK(emulated[i].result.invocations == simulated[i].invocations);
    }
    CHECK(compared == 5);
  }
}

TEST_CASE("a run on real Redis servers gives right results and leaves no key behind",
          "[emulate][redis]") {
  const test::RedisServer first;
  const test::RedisServer second;
  for (const char* const network : {"none", "modelled"}) {
    const std::string emulation = "{speed: 50, network: " + std::string(network) + ", store: [\"" +
                                  first.url() + "\", \"" + second.url() + "\"]}";
    for (const char* const workload : {kWorkloads[0], kWorkloads[2], kWorkloads[8], kWorkloads[9]})
      for (const EmulatedRun& run : emulate_experiment(make_emulation(
               workload,
               "[wukong, {wukong: {name: bits, bit_counters: true, proxy_threshold: 2}}, "
               "{numpywren-local: {workers: 8}}, pubsub]",
               emulation)))
        check_run(run);
  }
  CHECK(first.keys() == 0);
  CHECK(second.keys() == 0);
}

TEST_CASE("a run on Redis servers with passwords shows none of them", "[emulate][redis]") {
  const test::RedisServer first(test::RedisServer::Data::lost, "secret1");
  const test::RedisServer second(test::RedisServer::Data::lost, "secret2");
  const experiment::Experiment experiment =
      make_emulation(kWorkloads[9], "[wukong, pubsub]",
                     "{speed: 50, store: [\"redis://:secret1@" + first.address() +
                         "/2\", \"unix://:secret2@" + second.socket() + "\"]}");
  const std::vector<EmulatedRun> runs = emulate_experiment(experiment);
  std::vector<run::RunResult> results;
  for (const EmulatedRun& run : runs) {
    check_run(run);
    results.push_back(run.result);
  }
  CHECK(first.keys() == 0);
  CHECK(second.keys() == 0);
  const std::string shown =
      parameters::explain(experiment.effective, 200) + result::result_document(experiment, results);
  CHECK(shown.find("redis://***@" + first.address()) != std::string::npos);
  CHECK(shown.find("secret1") == std::string::npos);
  CHECK(shown.find("secret2@") == std::string::npos);
}

TEST_CASE("a Redis server that pauses delays a run, and does not spoil it", "[emulate][redis]") {
  const test::RedisServer server;
  const experiment::Experiment experiment =
      make_emulation("{layered: {depth: 6, width: 8, task_ms: 20}}", "[wukong]",
                     "{speed: 1, store: \"" + server.url() + "\"}");
  std::thread pauser([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    server.pause();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    server.go_on();
  });
  const std::vector<EmulatedRun> runs = emulate_experiment(experiment);
  pauser.join();
  check_run(runs.at(0));
}

TEST_CASE("a Redis server that is gone for good fails the run with a reason", "[emulate][redis]") {
  test::RedisServer server;
  const experiment::Experiment experiment = make_emulation(
      "{layered: {depth: 200, width: 4, task_ms: 20}}",
      "[{strawman: {store: {kind: redis, shards: 1, machine: r5n.16xlarge, placement: "
      "random}}}]",
      "{speed: 1, store: \"" + server.url() + "\"}");
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server.stop();
  });
  const std::vector<EmulatedRun> runs = emulate_experiment(experiment);
  stopper.join();
  CHECK_FALSE(runs.at(0).result.completed);
  CHECK_FALSE(runs.at(0).result.failure.empty());
}

TEST_CASE("an address where no Redis answers is an error", "[emulate]") {
  const experiment::Experiment experiment = make_emulation(
      "{tree_reduction: {elements: 4}}", "[wukong]", "{store: \"redis://127.0.0.1:1\"}");
  CHECK(test::error_text([&] { emulate_experiment(experiment); }) ==
        "x.yaml:4: emulation.store: expected a Redis server that answers, found 127.0.0.1:1: "
        "Connection refused");
}

TEST_CASE("containers that are killed are made again, and the result is right", "[emulate]") {
  const experiment::Experiment experiment = make_emulation(
      // Of 2 ms, so that a kill does not come too late.
      "{layered: {depth: 2, width: 64, task_ms: 20, object_kb: 1}}", "[wukong, strawman]",
      "{speed: 10, container_kills: 0.02}",
      "{preset: local, functions: {async_events: {retry_waits_s: [0.1, 0.1, 0.1, 0.1, 0.1]}}}");
  for (const EmulatedRun& run : emulate_experiment(experiment)) {
    INFO(run.result.failure);
    CHECK(run.result.completed);
    CHECK(run.result.verification->passed);
    CHECK(run.measurements.failures.count() > 0);
    CHECK(run.result.executed > run.result.tasks);
  }
}

// One task that fails whenever it is tried, each time for another reason.
class NeverDone final : public computations::Computation {
 public:
  kernels::Value initial(ObjectId) const override { return kernels::Buffer(Bytes(8)).freeze(); }
  std::vector<kernels::Value> run(TaskId, std::span<const kernels::Value>) const override {
    throw std::runtime_error(tries_++ == 0 ? "the disk is full" : "no such file");
  }
  computations::Verification verify(const computations::Results&) const override { return {}; }

 private:
  mutable std::atomic<int> tries_ = 0;
};

TEST_CASE("one task that is tried three times is one task that failed, with its causes",
          "[emulate]") {
  const platform::PlatformSpec platform = experiment::preset_platform(
      "{preset: local, functions: {async_events: {retry_waits_s: [0.1, 0.1]}}}");
  const dag::Dag dag = test::dag_from_text("a -> b");
  const experiment::SystemSetup system = experiment::preset_system("wukong");
  const NeverDone computation;
  const EmulatedRun run =
      emulate_once(platform, {.speed = 50}, job_of(system, "own", dag), computation, {});
  CHECK_FALSE(run.result.completed);
  CHECK_THAT(run.result.failure,
             Catch::Contains("1 task failed, in 3 attempts: first a: the disk is full (once), at "
                             "last a: no such file (twice)"));
}

TEST_CASE("a system that cannot run the workload is refused, and the others are emulated",
          "[emulate]") {
  const experiment::Experiment experiment = make_emulation(
      "{sketch: {edges: \"a -> b\", bytes: [100000000], seconds: [0.01]}}", "[wukong, dask-laptop]",
      "{speed: 50}", "{preset: local, functions: {memory_mb: 128}}");
  const std::vector<EmulatedRun> runs = emulate_experiment(experiment);
  REQUIRE(runs.size() == 2);
  CHECK_THAT(runs[0].result.refusal, Catch::Contains("--set platform.functions.memory_mb=191"));
  CHECK(runs[1].result.failure == "");
  CHECK(runs[1].result.completed);
}

TEST_CASE("a result document of an emulated run has its verification", "[emulate]") {
  const experiment::Experiment experiment =
      make_emulation("{tree_reduction: {elements: 8}}", "[strawman]");
  std::vector<run::RunResult> results;
  for (EmulatedRun& run : emulate_experiment(experiment)) results.push_back(std::move(run.result));
  const std::string document = result::result_document(experiment, results);
  CHECK(document.find("\"passed\": true") != std::string::npos);
  CHECK(document.find("\"residual\": 0") != std::string::npos);
}

TEST_CASE("faults and invariants are refused, in predictions too", "[emulate]") {
  experiment::Experiment checked = make_emulation("{noop: {tasks: 2, lambdas: 1}}", "[wukong]");
  checked.check = true;
  experiment::Experiment faulty = make_emulation("{noop: {tasks: 2, lambdas: 1}}", "[wukong]");
  faulty.faults.points = {{faults::FaultKind::hang, 1}};
  for (const experiment::Experiment* experiment : {&checked, &faulty}) {
    CHECK(test::error_text([&] { emulate_experiment(*experiment); }).find("`wukong run` does") !=
          std::string::npos);
    CHECK(test::error_text([&] { validate_experiment(*experiment); }).find("`wukong run` does") !=
          std::string::npos);
  }
}

TEST_CASE("a workload without kernels is refused", "[emulate]") {
  CHECK(test::error_text([] {
          emulate_experiment(make_emulation("{lu: {n: 64, block: 16}}", "[strawman]"));
        }).find("tasks of kind") != std::string::npos);
}

TEST_CASE("a prediction from measured times has the bytes and the invocations of the run",
          "[emulate]") {
  for (const Prediction& prediction : validate_experiment(
           make_emulation("{gemm: {n: 128, block: 32}}", "[strawman]", "{speed: 1}"))) {
    CHECK(prediction.predicted.completed);
    CHECK(prediction.predicted.usage.read == prediction.measured.result.usage.read);
    CHECK(prediction.predicted.usage.written == prediction.measured.result.usage.written);
    CHECK(prediction.predicted.invocations == prediction.measured.result.invocations);
  }
}

}  // namespace
}  // namespace wukong::simulation

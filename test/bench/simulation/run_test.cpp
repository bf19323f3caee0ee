
#include "bench/simulation/run.h"

#include <algorithm>

#include "bench/commands/exit_code.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/report/comparison.h"
#include "bench/report/report.h"
#include "bench/result/result_json.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/squeeze.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"

namespace wukong::simulation {
namespace {

experiment::Experiment make(const std::string& systems, const std::string& more = "") {
  static const test::TestCatalog catalog;
  return experiment::make_experiment(
      parameters::parse_yaml("platform: aws-2020\n"
                             "workload: {tree_reduction: {elements: 16, delay_ms: 0}}\n"
                             "systems: " +
                                 systems + "\n" + more,
                             {parameters::Origin::Kind::file, "x.yaml", 0}),
      catalog.get());
}

TEST_CASE("a run's makespan is the time at which the client has the results", "[bench]") {
  const std::vector<run::RunResult> results = run_experiment(make("[pause]"), 1);
  REQUIRE(results.size() == 1);
  CHECK(results[0].completed);
  CHECK(results[0].makespan == Duration::seconds(2));
  CHECK(results[0].tasks == 15);
  CHECK(results[0].edges == 14);
  CHECK(results[0].executed == 7);
  CHECK(results[0].cost.total() == Money::from_usd(0.25));
  CHECK(commands::exit_code_of(results) == commands::kSuccess);
}

TEST_CASE("replicates have consecutive seeds, system by system", "[bench]") {
  const std::vector<run::RunResult> results =
      run_experiment(make("[pause, {pause: {name: other}}]", "replicates: 3\nseed: 5\n"), 2);
  REQUIRE(results.size() == 6);
  for (size_t i = 0; i < 6; ++i) {
    CHECK(results[i].seed == 5 + i % 3);
    CHECK(results[i].system == (i < 3 ? "pause" : "other"));
  }
}

TEST_CASE("results are the same bytes with any number of threads", "[bench]") {
  const experiment::Experiment experiment = make(
      "[{pause: {random_pause: true}}, {pause: {name: other, pause_s: 3, random_pause: true}}]",
      "replicates: 20\n");
  const std::string one = result::result_document(experiment, run_experiment(experiment, 1));
  CHECK(one == result::result_document(experiment, run_experiment(experiment, 2)));
  CHECK(one == result::result_document(experiment, run_experiment(experiment, 7)));
}

TEST_CASE("a deadlock is a failed run with its report, and an exit code of its own", "[bench]") {
  const std::vector<run::RunResult> results = run_experiment(make("[pause, stuck, refusing]"), 1);
  REQUIRE(results.size() == 3);
  CHECK(!results[1].completed);
  CHECK(results[1].deadlocked);
  CHECK(results[1].failure.find("waits for a bus that does not come since 2.0") !=
        std::string::npos);
  CHECK(commands::exit_code_of(results) == commands::kDeadlock);
}

TEST_CASE("a run that lasts longer than the horizon is failed, with what had run and who waits",
          "[bench]") {
  const std::vector<run::RunResult> results =
      run_experiment(make("[{pause: {pause_s: 60}}]", "horizon_s: 59\n"), 1);
  CHECK(!results[0].completed);
  CHECK(!results[0].deadlocked);
  CHECK(results[0].failure.find(
            "still running after 59 s of simulated time: 0 of 15 tasks had run\n  client #0 waits "
            "for ") == 0);
  CHECK(commands::exit_code_of(results) == commands::kRunFailed);
  CHECK(run_experiment(make("[{pause: {pause_s: 59}}]", "horizon_s: 59\n"), 1)[0].completed);
}

TEST_CASE("a run that its client calls failed is failed", "[bench]") {
  const experiment::Experiment experiment = make("[pause, refusing]", "replicates: 2\n");
  const std::vector<run::RunResult> results = run_experiment(experiment, 1);
  CHECK(!results[2].completed);
  CHECK(!results[2].deadlocked);
  CHECK(results[2].failure == "it did not want to");
  CHECK(commands::exit_code_of(results) == commands::kRunFailed);
  for (const std::string& text :
       {report::report_comparison(experiment, results), report::report_runs(experiment, results)})
    CHECK(text.find("refusing: 2 of 2 runs failed; the first, seed 1: it did not want to\n") !=
          std::string::npos);
}

TEST_CASE("a report of replicates never shows a bare mean", "[bench]") {
  const experiment::Experiment experiment =
      make("[{pause: {random_pause: true}}]", "replicates: 5\n");
  const std::vector<run::RunResult> results = run_experiment(experiment, 1);
  const std::string text = report::report_runs(experiment, results, 200);
  const std::string line = text.substr(text.find("  time "), text.find('\n', text.find("  time ")));
  CHECK(line.find("..") != std::string::npos);
  CHECK(test::squeeze(text).find("5 replicates (seeds 1 to 5): mean, least..most") !=
        std::string::npos);
}

TEST_CASE("a task that no function can run is reported before the run, by name", "[bench]") {
  static const test::TestCatalog catalog;
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml("platform: aws-2020\n"
                             "workload: {tree_reduction: {elements: 4, delay_ms: 3600000}}\n"
                             "systems: [pause]\n",
                             {parameters::Origin::Kind::file, "x.yaml", 0}),
      catalog.get());
  const std::string error = test::error_text([&] { run_experiment(experiment, 1); });
  CHECK(error.find("x.yaml:2: workload.tree_reduction: task ") == 0);
  CHECK(error.find("2 more tasks do not fit either") != std::string::npos);
  CHECK(error.find("no function of this platform may run for 3601 s "
                   "(platform.functions.environment.time_limit_most_s is 900)") !=
        std::string::npos);
}

// A task of 2000 MB, which Lambda's 1024 MB do not hold and a Dask worker's machine does.
experiment::Experiment too_large(const std::string& systems, int memory_mb = 1024) {
  return experiment::make_experiment(
      parameters::parse_yaml(
          "platform: {preset: aws-2020, functions: {memory_mb: " + std::to_string(memory_mb) +
              "}}\nworkload: {sketch: {edges: \"a -> b\", bytes: [1048576000], seconds: [1]}}\n"
              "systems: " +
              systems + "\n",
          {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
}

TEST_CASE("a system that cannot run the workload is refused, and the others run", "[bench]") {
  const experiment::Experiment experiment = too_large("[wukong, dask-1000, ideal]");
  const std::vector<run::RunResult> results = run_experiment(experiment, 2);
  REQUIRE(results.size() == 3);
  CHECK(results[0].refusal.find("x.yaml:2: workload.sketch: task ") == 0);
  CHECK(results[0].failure == results[0].refusal);
  CHECK_FALSE(results[0].completed);
  CHECK(results[0].tasks == 2);
  CHECK(results[1].refusal == "");
  CHECK(results[1].completed);
  CHECK(commands::exit_code_of(results) == commands::kRunFailed);
  const std::string document = result::result_document(experiment, results);
  CHECK(document.find("\"refused\": \"x.yaml:2: workload.sketch: task ") != std::string::npos);
  for (const std::string& text :
       {report::report_comparison(experiment, results), report::report_runs(experiment, results)}) {
    CHECK(text.find("wukong: refused: x.yaml:2: workload.sketch: task ") != std::string::npos);
    CHECK(text.find("runs failed") == std::string::npos);
  }
}

TEST_CASE("a refusal explains its figures and names the option that helps; with it, it runs",
          "[bench]") {
  const std::string error = test::error_text([] { run_experiment(too_large("[wukong]"), 1); });
  CHECK(error.find("needs 2000.0 MB of memory and has 1024.0 MB (0.0 MB of its own and 2000.0 MB "
                   "of objects that it reads and writes; 1 MB is 1,048,576 bytes)") !=
        std::string::npos);
  CHECK(error.find("; it fits with --set platform.functions.memory_mb=2000") != std::string::npos);
  CHECK(run_experiment(too_large("[wukong]", 2000), 1)[0].completed);
}

TEST_CASE("if every system is refused, that is an error", "[bench]") {
  const std::string error =
      test::error_text([] { run_experiment(too_large("[pywren, wukong]"), 1); });
  CHECK(error.find("x.yaml:2: workload.sketch: task ") == 0);
}

TEST_CASE("a policy that refuses when it is made does not stop the others", "[bench]") {
  // Initial objects of 2 GB do not fit into a shard of 1 GB.
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml(
          "platform: {preset: aws-2020, functions: {memory_mb: 3008},\n"
          "           machines: {c5.18xlarge: {memory_gib: 1}}}\n"
          "workload: {sketch: {edges: a, bytes: [1], seconds: [1], input_bytes: 2000000000}}\n"
          "systems: [{wukong: {store: {preset: redis-1, machine: c5.18xlarge}}}, pywren]\n",
          {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
  const std::vector<run::RunResult> results = run_experiment(experiment, 1);
  CHECK(results[0].refusal.find("shards with memory for all initial objects") != std::string::npos);
  CHECK(results[1].completed);
}

TEST_CASE("a system whose options are wrong is bad input, whatever the others are", "[bench]") {
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml("platform: aws-2020\n"
                             "workload: {tree_reduction: {elements: 8}}\n"
                             "systems: [strawman, {wukong: {scheduler_machine: c5.tpyo}}]\n",
                             {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
  CHECK(test::error_text([&] { run_experiment(experiment, 1); }) ==
        "x.yaml:3: systems.wukong: platform.machines: expected a machine type of the platform, "
        "found \"c5.tpyo\"");
}

TEST_CASE("the lower bound runs no task, and no check misses them", "[bench]") {
  for (const std::string faults : {"", "faults: {crash_before: 0.5, shard_loss: 0.5}\n"}) {
    const experiment::Experiment experiment = experiment::make_experiment(
        parameters::parse_yaml("platform: aws-2020\n"
                               "workload: {tsqr: {rows: 65536, columns: 16, block_rows: 4096}}\n"
                               "systems: [ideal]\ncheck: true\n" +
                                   faults,
                               {parameters::Origin::Kind::file, "x.yaml", 0}),
        experiment::program_catalog());
    const std::vector<run::RunResult> results = run_experiment(experiment, 1);
    CHECK(results[0].failure == "");
    CHECK(results[0].completed);
  }
}

}  // namespace
}  // namespace wukong::simulation

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/run.h"
#include "bench/sweep/sweep_plan.h"
#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "workloads/dag/dag.h"

namespace wukong::experiment {
namespace {

const parameters::Origin kFile{parameters::Origin::Kind::file, "x.yaml", 0};

Experiment make_load(const std::string& text) {
  return make_experiment(parameters::parse_yaml(text, kFile), program_catalog());
}

std::string load_error(const std::string& text) {
  return test::error_text([&] { make_load(text); });
}

std::string jobs(const std::string& text) {
  return "platform: aws-2020\nworkload: {jobs: {" + text + "}}\nsystems: [wukong]\n";
}

std::string trace(const std::string& text, const std::string& rest = "") {
  return "platform: aws-2020\nworkload: {trace: {" + text + "}}\n" + rest;
}

constexpr const char* kKinds =
    "of: [{tree_reduction: {elements: 4}, weight: 3}, {tree_reduction: {elements: 8}, name: b}]";

TEST_CASE("jobs have kinds with weights and names, and arrivals that are the same each time",
          "[load]") {
  const Experiment experiment =
      make_load(jobs(std::string(kKinds) + ", arrivals: {poisson_per_minute: 6}, count: 40"));
  REQUIRE(experiment.jobs);
  CHECK(experiment.workload.name() == "jobs");
  REQUIRE(experiment.jobs->kinds.size() == 2);
  CHECK(experiment.jobs->kinds[0].name == "tree_reduction");
  CHECK(experiment.jobs->kinds[0].weight == 3);
  CHECK(experiment.jobs->kinds[1].name == "b");
  const auto count = [&](uint64_t seed) {
    size_t number = 0;
    const auto arrivals = experiment.jobs->make_arrivals(seed);
    while (arrivals->next()) ++number;
    return number;
  };
  CHECK(count(1) == 40);
  CHECK(experiment.jobs->make_arrivals(1)->next() == experiment.jobs->make_arrivals(1)->next());
  CHECK(experiment.jobs->make_arrivals(1)->next() != experiment.jobs->make_arrivals(2)->next());
}

TEST_CASE("what is wrong with jobs is said where it is written", "[load]") {
  CHECK(load_error(jobs("arrivals: {all_at_once: true}, count: 3")) ==
        "x.yaml:2: workload.jobs.of: expected a list of workloads, such as [{tsqr: {...}}, {svd1: "
        "{...}}], found nothing (the key is missing)");
  CHECK(load_error(jobs("of: [{weight: 2}], arrivals: {all_at_once: true}, count: 3")) ==
        "x.yaml:2: workload.jobs.of: expected one workload with its parameters, such as {tsqr: "
        "{...}, weight: 2, name: small}, found a map of 1 keys");
  const std::string twice =
      load_error(jobs("of: [{tree_reduction: {elements: 4}}, {tree_reduction: {elements: 8}}], "
                      "arrivals: {all_at_once: true}, count: 3"));
  CHECK(twice.find("two kinds of jobs are called \"tree_reduction\"") != std::string::npos);
  const std::string many =
      load_error(jobs(std::string(kKinds) + ", arrivals: {poisson_per_minute: 6}"));
  CHECK(
      many ==
      "x.yaml:2: workload.jobs.arrivals: expected a number of jobs, or an end of the load, beside "
      "it, found neither");
  const std::string none = load_error(jobs(std::string(kKinds) + ", count: 3"));
  CHECK(none.starts_with("x.yaml:2: workload.jobs"));
  CHECK(load_error(jobs(std::string(kKinds) + ", arrivals: {all_at_once: true}, cuont: 3"))
            .find("count") != std::string::npos);
  CHECK(load_error(jobs(std::string(kKinds) + ", arrivals: {all_at_once: true}, count: 3") +
                   "faults: {crash_before: 0.1}\n") ==
        "x.yaml:2: workload: expected one DAG, for a run with faults, found jobs, which are many");
}

TEST_CASE("a trace needs no systems, and takes none", "[load]") {
  const Experiment experiment = make_load(trace("synthetic: {apps: 3, hours: 1}"));
  REQUIRE(experiment.trace);
  REQUIRE(experiment.systems.size() == 1);
  CHECK(experiment.systems[0].label == kNoSystem);
  CHECK(load_error(trace("synthetic: {apps: 3, hours: 1}", "systems: [wukong]\n")) ==
        "x.yaml:3: systems: expected no systems, for a trace, whose invocations no system "
        "schedules, found a list");
  CHECK_THROWS_AS(experiment.workload.make_dag(dag::DagForm::dask), Error);
}

TEST_CASE("a load's run, a sweep of it and its replicates say the same", "[load]") {
  const std::string text = jobs(std::string(kKinds) + ", arrivals: {all_at_once: true}, count: 4");
  const Experiment experiment = make_load(text + "replicates: 2\n");
  const std::vector<run::RunResult> results = simulation::run_experiment(experiment, 2);
  REQUIRE(results.size() == 2);
  CHECK(results[0].load->all.arrived == 4);
  CHECK(results[0].trace_hash != results[1].trace_hash);
  CHECK(results[0].trace_hash == simulation::run_experiment(experiment, 1).front().trace_hash);
}

TEST_CASE("a replicate of a made trace is the run with that replicate's seed", "[load]") {
  const std::string text = trace("poisson: {per_s: 1, mean_s: 0.1, hours: 0.1}");
  const auto hashes = [](const Experiment& experiment) {
    std::vector<uint64_t> of_runs;
    for (const run::RunResult& result : simulation::run_experiment(experiment, 1))
      of_runs.push_back(result.trace_hash);
    return of_runs;
  };
  const std::vector<uint64_t> two = hashes(make_load(text + "replicates: 2\nseed: 5\n"));
  CHECK(two[0] != two[1]);
  CHECK(two[1] == hashes(make_load(text + "seed: 6\n")).front());
}

TEST_CASE("a kind of jobs is one DAG, and what is misspelled is named", "[load]") {
  CHECK(load_error(jobs("of: [{trace: {}}], arrivals: {all_at_once: true}, count: 3")) ==
        "x.yaml:2: workload.jobs.of: expected a workload of one DAG, found \"trace\", a load");
  CHECK(load_error("platform: aws-2020\nworkload: {job: {}}\nsystems: [wukong]\n")
            .find("did you mean \"jobs\"?") != std::string::npos);
}

TEST_CASE("lists of a load are no axes, where a number would be one", "[load]") {
  const auto axes = [](const std::string& text) {
    return sweep::make_sweep(parameters::parse_yaml(text, kFile), program_catalog()).axes.size();
  };
  const std::string hourly = "hourly: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]";
  CHECK(axes(jobs(std::string(kKinds) + ", arrivals: {day_curve: {per_minute: [1, 2], " + hourly +
                  "}}, count: [2, 4]")) == 2);
}

}  // namespace
}  // namespace wukong::experiment

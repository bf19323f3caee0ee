// What a system itself cannot do is said before the run: needed, had, and the option that would
// help; and what only the run shows is said when it is hit.
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/feasibility.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/dag/dag_builder.h"

namespace wukong {
namespace {

using namespace literals;
using test::dag_from_text;
using test::run_policy;

dag::Dag one_task(Duration recorded, Bytes memory, Bytes output = Bytes(0)) {
  dag::DagBuilder builder;
  hosts::TaskCost cost;
  cost.recorded = recorded;
  cost.memory = memory;
  const TaskId task(0);
  builder.compute(builder.add_kind("work", cost), {}, {output, output});
  builder.set_name(task, "heavy");
  return builder.build();
}

// The first task, with so many outputs; so many tasks read the first of them.
dag::Dag first_of(size_t outputs, size_t readers) {
  dag::DagBuilder builder;
  hosts::TaskCost cost;
  cost.recorded = 1_s;
  const ObjectSize small{Bytes(8), Bytes(8)};
  const TaskId first =
      builder.add_task(builder.add_kind("first", cost), {}, std::vector(outputs, small));
  const std::vector shared{*builder.outputs(first).begin()};
  const dag::KindId reader = builder.add_kind("reader", cost);
  for (size_t i = 0; i < readers; ++i) builder.compute(reader, shared, small);
  return builder.build();
}

// Empty: it may run.
std::string refusal_of(const dag::Dag& dag, const std::string& system) {
  const test::PolicySetup policy = test::make_policy(system);
  experiment::Experiment experiment;
  experiment.platform = policy.platform;
  try {
    experiment::check_feasible(experiment, policy.system, dag);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a task that no worker of Dask has the memory for is refused before the run") {
  const auto dag = one_task(10_s, Bytes(30'000'000'000));
  const std::string refusal = refusal_of(dag, "dask-125");
  INFO(refusal);
  CHECK(says(refusal, "systems.dask-125"));
  CHECK(says(refusal, "task heavy needs 30."));
  CHECK(says(refusal, "a worker has 24.0 GB"));
  CHECK(says(refusal, "--set systems.dask-125.memory.limit_gb="));
  CHECK(refusal_of(dag, "{dask-125: {memory: {limit_gb: 40}}}").empty());
  // What is refused would have failed.
  CHECK_FALSE(run_policy(dag, "dask-125").result.completed);
}

TEST_CASE("a task that is over before Dask's nanny looks may have too much memory") {
  // 23.5 GB are more than 95 % of 24 GB, at which the nanny kills; it looks every 100 ms.
  const Bytes output(23'500'000'000);
  CHECK(refusal_of(one_task(50_ms, Bytes(0), output), "dask-125").empty());
  CHECK_FALSE(refusal_of(one_task(200_ms, Bytes(0), output), "dask-125").empty());
  CHECK_FALSE(run_policy(one_task(200_ms, Bytes(0), output), "dask-125").result.completed);
}

TEST_CASE("a task that the machine of Dask's threads has no memory for is refused") {
  const std::string refusal = refusal_of(one_task(1_s, Bytes(300'000'000'000)), "dask-threads");
  INFO(refusal);
  CHECK(says(refusal, "task heavy needs 300."));
  CHECK(says(refusal, " has 274.9 GB"));
  CHECK(refusal_of(one_task(1_s, Bytes(200'000'000'000)), "dask-threads").empty());
}

TEST_CASE("a task that outlasts numpywren's workers is refused before the run") {
  const std::string refusal = refusal_of(one_task(300_s, Bytes(0)), "numpywren");
  INFO(refusal);
  CHECK(says(refusal, "task heavy needs 300.0 s in one call of PyWren"));
  CHECK(says(refusal, "ended after 290.0 s"));
  CHECK(says(refusal, "--set systems.numpywren.pywren.longest_run_s="));
  CHECK(refusal_of(one_task(280_s, Bytes(0)), "numpywren").empty());
  CHECK(
      refusal_of(one_task(300_s, Bytes(0)), "{numpywren: {pywren: {longest_run_s: 400}}}").empty());
}

TEST_CASE("a block that no request of numpywren can move in its time is refused before the run") {
  // At 75 MiB/s and 400 MB/s, after 0.13 s for a new client: 700 MB take 8.9 + 1.75 s, 600 MB
  // 7.6 + 1.5 s.
  const auto block = [](int64_t megabytes) {
    return one_task(1_s, Bytes(0), Bytes(megabytes * 1'000'000));
  };
  const std::string refusal = refusal_of(block(700), "numpywren");
  INFO(refusal);
  CHECK(says(refusal, "takes at least 10.8 s between the store and a function"));
  CHECK(says(refusal, "--set systems.numpywren.request_time_limit_s="));
  CHECK(refusal_of(block(600), "numpywren").empty());
  CHECK(refusal_of(block(700), "{numpywren: {request_time_limit_s: 20}}").empty());
}

TEST_CASE("an experiment with a task that outlasts numpywren's workers ends with that sentence") {
  const std::string text =
      "platform: {preset: aws-2020, functions: {time_limit_s: 900}}\n"
      "workload: {sketch: {edges: a, seconds: [300]}}\n"
      "systems: [numpywren]";
  const auto experiment =
      experiment::make_experiment(parameters::parse_yaml(text, parameters::Origin{.name = "test"}),
                                  experiment::program_catalog());
  std::string message;
  try {
    simulation::run_experiment(experiment, 1);
  } catch (const Error& error) {
    message = error.what();
  }
  INFO(message);
  CHECK(says(message, "task a needs 300.0 s in one call of PyWren"));
}

// 1,900 clients of 156 ms each take 296 s; 8,600 children of 34 ms each 292 s.
TEST_CASE("a task whose blocks or children outlast numpywren's workers is refused before the run") {
  const std::string system = "{numpywren: {client_time_ms: 156, analysis_time_ms: 34}}";
  for (const auto& [outputs, readers] :
       {std::pair<size_t, size_t>(1'900, 1), std::pair<size_t, size_t>(1, 8'600)}) {
    const std::string refusal = refusal_of(first_of(outputs, readers), system);
    INFO(refusal);
    CHECK(says(refusal, ", with its blocks and children, needs 29"));
    CHECK(says(refusal, "ended after 290.0 s"));
  }
  CHECK(refusal_of(first_of(1'800, 1), system).empty());
  CHECK(refusal_of(first_of(1, 8'400), system).empty());
  CHECK(refusal_of(first_of(1'900, 1), "{numpywren: {client_time_ms: 100}}").empty());
}

TEST_CASE("a system that refuses a task for a limit of its own leaves the others to run") {
  const std::string text =
      "platform: {preset: aws-2020, functions: {time_limit_s: 900}}\n"
      "workload: {sketch: {edges: a, seconds: [300]}}\n"
      "systems: [numpywren, wukong]";
  const auto experiment =
      experiment::make_experiment(parameters::parse_yaml(text, parameters::Origin{.name = "test"}),
                                  experiment::program_catalog());
  const std::vector<run::RunResult> results = simulation::run_experiment(experiment, 1);
  REQUIRE(results.size() == 2);
  INFO(results[0].failure);
  CHECK(says(results[0].failure, "task a needs 300.0 s in one call of PyWren"));
  CHECK(says(results[0].failure, "--set systems.numpywren.pywren.longest_run_s="));
  CHECK(results[1].completed);
}

TEST_CASE(
    "a chain of tasks that one call of PyWren cannot end is refused, as one of calls is not") {
  test::DagTextOptions options;
  options.duration = 150_s;
  const auto dag = dag_from_text("a -> b", options);
  const std::string limited = "call: {longest_run_s: 290}";
  const std::string refusal =
      refusal_of(dag, "{pywren: {chains_in_one_call: true, " + limited + "}}");
  INFO(refusal);
  CHECK(says(refusal, "the chain of 2 tasks from "));
  CHECK(says(refusal, "--set systems.pywren.call.longest_run_s="));
  CHECK(refusal_of(dag, "{pywren: {chains_in_one_call: false, " + limited + "}}").empty());
}

TEST_CASE("a task that numpywren's workers cannot end in the run is named, and the run given up") {
  // It fits by its own 17 s with 64 MB, read at 75 MiB/s and copied at 400 MB/s, 17.97 s in all,
  // but not with the latencies of its requests, which only the run draws.
  test::DagTextOptions options;
  options.input_size = Bytes(64'000'000);
  options.duration = 17_s;
  const auto dag = dag_from_text("a", options);
  const std::string system =
      "{numpywren: {workers: 1, worker_timeout_s: 10, client_time_ms: 0, pywren: {longest_run_s: "
      "20, worker_setup_s: 2}}}";
  CHECK(refusal_of(dag, system).empty());
  const auto run = run_policy(dag, system, test::kWarm);
  INFO(run.result.failure);
  CHECK_FALSE(run.result.completed);
  CHECK(says(run.result.failure, "task a was begun 10 times"));
  CHECK(says(run.result.failure, "PyWren ends a worker after 20.0 s"));
  CHECK(says(run.result.failure, "pywren.longest_run_s"));
}

}  // namespace
}  // namespace wukong

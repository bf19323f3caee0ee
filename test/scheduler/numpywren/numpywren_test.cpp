#include <algorithm>
#include <string>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong {
namespace {

using accounting::Operation;
using engine::TraceKind;
using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;

TEST_CASE("numpywren reads every input from the store and writes every output to it") {
  // 4 tasks of one object each, 4 edges.
  const auto run = run_policy(dag_from_text("a -> b; a -> c; b -> d; c -> d"),
                              "{numpywren: {workers: 2, store: redis-1}}", test::kWarm);
  CHECK(run.result.completed);
  CHECK(std::count(run.executions.begin(), run.executions.end(), 1) == 4);
  // PyWren's own objects have no nominal size.
  CHECK(run.result.usage.nominal_read == Bytes(4 * 1000));
  CHECK(run.result.usage.nominal_written == Bytes(4 * 1000));
  CHECK(test::operations(run, Operation::queue_send) == 4);
  CHECK(test::operations(run, Operation::queue_delete) == 4);
}

TEST_CASE("numpywren's driver notices the end at its next poll") {
  const auto run = run_policy(dag_from_text("a"),
                              "{numpywren: {workers: 1, compile_time_s: 0.5, enqueue_setup_s: 0, "
                              "driver_look_time_ms: 0, clock: before_enqueueing}}",
                              test::kWarm);
  // The compilation and a starter's message, then whole polls of 5 s and a request after each.
  const double seconds = run.result.makespan.to_seconds() - 0.5;
  const double polls = std::round(seconds / 5);
  CHECK(polls >= 1);
  CHECK(seconds == Approx(polls * 5).margin(0.1));
}

TEST_CASE("a task that outlives its lease is done twice by numpywren, and the result counts once") {
  // The lease ends 60 s after its third renewal: at 30 + 30 + 60 = 120 s.
  DagTextOptions options;
  options.durations["slow"] = Duration::seconds(130);
  const auto run =
      run_policy(dag_from_text("slow -> after", options), "{numpywren: {workers: 2}}", test::kWarm);
  CHECK(run.result.completed);
  CHECK(run.executions == std::vector<int>{2, 1});
  // Each of the two outlives its lease; who then takes the message finds the node finished.
  CHECK(run.count(TraceKind::lease_expired) == 2);
}

TEST_CASE("numpywren's idle workers are billed until the program ends") {
  DagTextOptions options;
  options.durations["only"] = Duration::seconds(20);
  const auto dag = dag_from_text("only", options);
  const auto one = run_policy(dag, "{numpywren: {workers: 1}}", test::kWarm);
  const auto four = run_policy(dag, "{numpywren: {workers: 4}}", test::kWarm);
  CHECK(four.result.billed_gb_s == Approx(4 * one.result.billed_gb_s).epsilon(0.1));
}

TEST_CASE("with the scale factor numpywren starts workers for pending tasks, and idle ones end") {
  const auto dag = dag_from_text("a; b; c; d");
  const auto run = run_policy(
      dag, "{numpywren: {workers: 2, scaling: scale_factor, scale_factor: 0.5}}", test::kWarm);
  CHECK(run.result.completed);
  CHECK(run.result.invocations >= 2);
}

TEST_CASE("numpywren's nominal TSQR traffic is that of its own counters") {
  linear_algebra::TsqrParameters parameters;
  parameters.rows = 1 << 20;
  parameters.columns = 128;
  parameters.block_rows = 8192;
  const auto dag = linear_algebra::make_tsqr(parameters, dag::DagForm::numpywren);
  const auto run = run_policy(dag, "{numpywren: {workers: 64}}", test::kWarm);
  CHECK(run.result.completed);
  // Counters of the released code for 128 leaves, in GB to the printed digit.
  CHECK(run.result.usage.nominal_read.to_gigabytes() == Approx(3.20).margin(0.005));
  CHECK(run.result.usage.nominal_written.to_gigabytes() == Approx(549.7).margin(0.05));
  CHECK(run.result.usage.written.to_gigabytes() == Approx(1.17).margin(0.005));
}

TEST_CASE("more workers share a pipeline's stages: reading overlaps computing") {
  std::string text;
  for (int i = 0; i < 6; ++i) text += "t" + std::to_string(i) + ";";
  DagTextOptions options;
  options.input_size = Bytes(200'000'000);  // 2.2 s each at 90 MB/s
  options.duration = Duration::seconds(2);
  const auto dag = dag_from_text(text, options);
  const auto narrow = run_policy(dag, "{numpywren: {workers: 1}}", test::kWarm);
  const auto wide = run_policy(dag, "{numpywren: {workers: 1, pipeline_width: 2}}", test::kWarm);
  CHECK(wide.result.makespan + Duration::seconds(5) <= narrow.result.makespan);
}

TEST_CASE("a run that is cut off at its horizon says how many tasks had run") {
  DagTextOptions dag_options;
  dag_options.duration = Duration::seconds(10);
  const auto dag = dag_from_text("a -> b -> c -> d -> e -> f", dag_options);
  const test::PolicySetup policy = test::make_policy("{numpywren: {workers: 2}}");
  const auto run = [&](Duration horizon) {
    const simulation::RunOptions options{.horizon = horizon};
    return simulation::run_once(policy.platform, policy.system, "test", dag, options);
  };
  const auto whole = run(Duration::seconds(3600));
  REQUIRE(whole.completed);
  CHECK(whole.usage.tasks_done == 6);
  const Duration horizon = whole.makespan / 2;
  const auto result = run(horizon);
  CHECK(!result.completed);
  CHECK(result.usage.tasks_done > 0);
  CHECK(result.usage.tasks_done < 6);
  CHECK(result.failure.find("still running after ") == 0);
  CHECK(result.failure.find(" s of simulated time: " + std::to_string(result.usage.tasks_done) +
                            " of 6 tasks had run") != std::string::npos);
  // It is billed until then.
  CHECK(result.cost.of(accounting::CostItem::machines) > Money());
  CHECK(result.cost.of(accounting::CostItem::machines) <
        whole.cost.of(accounting::CostItem::machines));
}

// Three reads open two pools each, four writes one, and nobody closes one: a server that takes
// eight connections turns away the second read of d, and one that takes nine its write. A second
// worker comes at 0.85 x 140 s.
test::PolicyRun chain_on_few_connections(const std::string& options, int64_t clients) {
  return run_policy(
      dag_from_text("a -> b; b -> c; c -> d"),
      "{numpywren: {store: redis-1, workers: 1, connections_per_worker: 0" + options + "}}",
      "{preset: aws-2020, redis: {max_clients: " + std::to_string(clients) +
          "}, functions: {warm_pool: {prewarmed: 10}}}");
}

TEST_CASE("a numpywren read opens two connections, a write one, and all stay open") {
  CHECK(chain_on_few_connections("", 10).result.completed);
  CHECK_FALSE(chain_on_few_connections("", 9).result.completed);
}

TEST_CASE("a numpywren worker whose read is turned away hangs, and its task comes back") {
  // The lease ends 60 s after its third renewal: 120 s after the message was taken. The hanging
  // worker keeps its connections until PyWren ends it at 290 s: until then the second one hangs,
  // too, as soon as it has opened one.
  const auto few = chain_on_few_connections("", 8);
  CHECK(few.result.completed);
  CHECK(few.count(TraceKind::lease_expired) >= 1);
  CHECK(few.result.makespan > Duration::seconds(290));
}

TEST_CASE("a numpywren worker that ends gives all of its connections back") {
  // Each worker does one task of eleven seconds and leaves; it opens three connections, and there
  // are five: one that two of them kept would be missed by the third.
  test::DagTextOptions options;
  options.duration = Duration::seconds(11);
  const auto run = run_policy(
      dag_from_text("a -> b; b -> c; c -> d; d -> e", options),
      "{numpywren: {store: redis-1, workers: 1, connections_per_worker: 0, worker_timeout_s: 10}}",
      "{preset: aws-2020, redis: {max_clients: 5}, functions: {warm_pool: {prewarmed: 10}}}");
  INFO(run.result.failure);
  CHECK(run.result.completed);
  CHECK(run.result.invocations >= 5);
  CHECK(run.count(TraceKind::lease_expired) == 0);
}

TEST_CASE("a numpywren write that is turned away ends the program at once") {
  const auto few = chain_on_few_connections("", 9);
  CHECK_FALSE(few.result.completed);
  CHECK(few.result.failure.find("refused an output of task d") != std::string::npos);
  CHECK(few.result.horizon == std::nullopt);
}

TEST_CASE("a program whose reads are turned away again and again ends with that reason") {
  const auto none = chain_on_few_connections("", 1);
  CHECK_FALSE(none.result.completed);
  CHECK(none.result.failure.find("max_clients") != std::string::npos);
}

TEST_CASE("a numpywren worker that finds no connection at its start takes no message") {
  // Two workers of five connections have room for a pool each, a third has none and ends.
  DagTextOptions options;
  options.durations["a"] = Duration::seconds(60);
  options.durations["b"] = Duration::seconds(60);
  const auto dag = dag_from_text("a; b", options);
  const std::string platform =
      "{preset: aws-2020, redis: {max_clients: 12}, functions: {warm_pool: {prewarmed: 10}}}";
  const auto run = run_policy(
      dag, "{numpywren: {workers: 3, store: redis-1, connections_per_worker: 5}}", platform);
  const auto two = run_policy(
      dag, "{numpywren: {workers: 2, store: redis-1, connections_per_worker: 5}}", platform);
  CHECK(run.result.completed);
  CHECK(run.result.invocations == 3);
  CHECK(run.result.billed_gb_s < 1.1 * two.result.billed_gb_s);
}

TEST_CASE("a numpywren request that takes too long is made again, and the first one goes on") {
  // A GET of 30 MB takes 0.6 s and a latency that is around a second, and more than two at times.
  DagTextOptions options;
  options.input_size = Bytes(30'000'000);
  const auto run = [&](const std::string& limit) {
    return run_policy(dag_from_text("a; b; c; d", options),
                      "{numpywren: {workers: 1, request_time_limit_s: " + limit + "}}",
                      "{preset: aws-2020, s3: {latency_sigma: 1, read_latency_median_ms: 1000}, "
                      "functions: {warm_pool: {prewarmed: 10}}}");
  };
  const auto patient = run("100");
  CHECK(patient.result.completed);
  CHECK(test::operations(patient, Operation::retry) == 0);
  const auto hasty = run("2");
  CHECK(hasty.result.completed);
  CHECK(test::operations(hasty, Operation::retry) > 0);
  CHECK(hasty.result.usage.read > patient.result.usage.read);
}

TEST_CASE("numpywren's clock starts after the launch, or before its starters are enqueued") {
  const auto dag = dag_from_text("a");
  const auto run = [&](const std::string& clock) {
    return run_policy(
        dag,
        "{numpywren: {workers: 1, enqueue_setup_s: 100, compile_time_s: 10, clock: " + clock + "}}",
        test::kWarm);
  };
  const auto late = run("after_launch");
  const auto early = run("before_enqueueing");
  CHECK(early.result.reported.to_seconds() > 100);
  CHECK(early.result.reported + Duration::seconds(10) <= early.result.makespan);
  CHECK(late.result.reported.to_seconds() < 15);
  CHECK(late.result.makespan.to_seconds() > 110);
}

TEST_CASE("numpywren launches other numbers of workers at first and later") {
  DagTextOptions options;
  options.duration = Duration::seconds(130);
  const auto dag = dag_from_text("a; b; c", options);
  const auto run = run_policy(dag, "{numpywren: {start_workers: 3, workers: 2}}", test::kWarm);
  CHECK(run.result.completed);
  CHECK(run.result.invocations == 5);  // 3, and 2 at 119 s
  const auto by_starter = run_policy(
      dag, "{numpywren: {start_workers: 1, start_per: starter, workers: 1}}", test::kWarm);
  CHECK(by_starter.result.invocations == 4);
}

TEST_CASE(
    "as many numpywren workers as results or starters are launched, where that is asked for") {
  const auto dag = dag_from_text("a -> x; a -> y; b -> z");
  const auto workers = [&](const std::string& options) {
    return run_policy(dag, "{numpywren: {" + options + "}}", test::kWarm).result.invocations;
  };
  CHECK(workers("workers: 100, worker_per: result") == 3);
  CHECK(workers("workers: 100, worker_per: starter") == 2);
  CHECK(workers("workers: 1, worker_per: starter") == 1);
}

}  // namespace
}  // namespace wukong

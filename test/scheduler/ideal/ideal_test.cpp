
#include "scheduler/ideal/ideal.h"

#include <string>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong {
namespace {

using ideal::lower_bounds;
using ideal::LowerBounds;
using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;

// On aws-2020 with these functions, and with a Redis of round numbers; store: two shards.
LowerBounds bounds_of(const dag::Dag& dag, const std::string& functions = "") {
  const auto tree = parameters::parse_yaml(
      "platform: {preset: aws-2020, redis: {bandwidth_mb_per_s: 1500}, functions: {" + functions +
          "}}\nworkload: {tree_reduction: {elements: 2}}\nsystems: [ideal]",
      parameters::Origin{.name = "test"});
  const auto experiment = experiment::make_experiment(tree, experiment::program_catalog());
  storage::StoreSpec store;
  store.kind = storage::StoreKind::redis;
  store.shards = 2;
  store.machine = "r5n.16xlarge";
  return lower_bounds(dag, experiment.platform, store);
}

TEST_CASE("the critical path is the slowest one, with what enters and leaves it") {
  DagTextOptions options;
  options.durations["b"] = Duration::seconds(3);
  options.input_size = Bytes(67 << 20);               // 1 s at 67 MiB/s
  options.object_sizes["d"] = Bytes(2 * (67 << 20));  // 2 s
  const auto bounds = bounds_of(dag_from_text("a -> b; b -> d; a -> c; c -> d", options),
                                "environment: {network: {rate_mib_per_s: 67}}");
  // in 1 + a 0.1 + b 3 + d 0.1 + out 2
  CHECK(bounds.critical_path.to_seconds() == Approx(6.2).epsilon(1e-6));
  CHECK(bounds.work == Duration::milliseconds(3300));
}

TEST_CASE("work is done at best by as many functions as the account may run") {
  const auto dag = dag_from_text("a; b; c; d; e; f; g");
  // ceil is not taken: seven tasks of 0.1 s on two functions are 0.35 s of each.
  CHECK(bounds_of(dag, "account_concurrency: 2").work_over_capacity == Duration::milliseconds(350));
  CHECK(bounds_of(dag, "account_concurrency: 2").makespan() == Duration::milliseconds(350));
}

TEST_CASE("initial objects and results pass the store's interfaces and threads once") {
  DagTextOptions options;
  options.input_size = Bytes(600'000'000);
  options.object_size = Bytes(150'000'000);
  // Two leaves with an input each, two results; the object between a and b stays in memory:
  // 150 MB of results enter each of two threads at 1.5 GB/s, and 600 MB leave it.
  const auto bounds = bounds_of(dag_from_text("a -> b; c", options));
  CHECK(bounds.bytes_over_bandwidth.to_seconds() == Approx(0.75 / 1.5).epsilon(1e-6));
}

TEST_CASE("no system is faster than ideal, and ideal pays for the work alone") {
  DagTextOptions options;
  options.input_size = Bytes(30'000'000);
  options.object_size = Bytes(5'000'000);
  const auto dag =
      dag_from_text("a -> b; a -> c; a -> d; b -> e; c -> e; d -> f; e -> g; f -> g", options);
  const std::string warm = "{preset: aws-2020, functions: {warm_pool: {prewarmed: 100}}}";
  const auto ideal = run_policy(dag, "ideal", warm);
  REQUIRE(ideal.result.completed);
  CHECK(ideal.result.invocations == 0);
  // 7 tasks of 0.1 s, 3008 MB, 16.6667 USD per million GB-s.
  CHECK(ideal.result.cost.total().to_usd() == Approx(0.7 * 3008 / 1024 * 16.6667e-6).epsilon(1e-6));
  for (const char* system : {"wukong", "wukong-pdsw19", "wukong-tree", "numpywren", "pywren",
                             "lithops", "strawman", "pubsub", "parallel-invoker"}) {
    const auto run = run_policy(dag, system, warm);
    CHECK(run.result.completed);
    CHECK(run.result.makespan > ideal.result.makespan);
    CHECK(run.result.cost.total() > ideal.result.cost.total());
  }
}

}  // namespace
}  // namespace wukong

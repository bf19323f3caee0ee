// Each form of a DAG of one's own, written and read again, tells the same DAG.
#include "sim/base/random.h"
#include "test/catch.h"
#include "test/workloads/own_dags/own_dag.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/linear_algebra/tsqr.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::own_dags {
namespace {

using test::everything_of;

// Names that each form has to put in quotes.
const char* const kNames[] = {"plain", "two words", "a.b",    "a-\"b\"", "a->b",        "a,b",
                              "1",     "none",      "source", "Zoë",     "back\\slash", "true",
                              "in",    "node",      "#x",     "a: b"};

struct RandomDag {
  RandomStream random;
  dag::DagBuilder builder;
  std::vector<ObjectId> objects;
  size_t names = 0;

  explicit RandomDag(uint64_t seed) : random(seed, "own dag") {}

  std::string name() {
    const std::string base = kNames[random.below(std::size(kNames))];
    ++names;
    return base + (names < 4 ? " " : "_") + std::to_string(names);
  }
  ObjectSize size() {
    const int64_t units[] = {0, 1, 7, 1000, 1500, 1'000'000, 1'234'567'891};
    return dag::as_declared(Bytes(units[random.below(std::size(units))]));
  }
  hosts::TaskCost cost(bool arithmetic) {
    hosts::TaskCost cost;
    const Duration times[] = {Duration::zero(), Duration::milliseconds(10),
                              Duration::from_seconds(1.000000001), Duration::from_seconds(86400)};
    if (arithmetic && random.chance(0.3)) {
      cost.flops = 2.5e9;
      cost.kernel = hosts::Kernel::qr;
      cost.touched = Bytes(12345);
    } else {
      cost.recorded = times[random.below(std::size(times))];
    }
    if (arithmetic && random.chance(0.3)) cost.sleep = times[random.below(std::size(times))];
    cost.threads = static_cast<int32_t>(1 + random.below(3));
    if (random.chance(0.3)) cost.memory = Bytes(3'000'000);
    return cost;
  }

  dag::Dag make(bool arithmetic) {
    for (size_t i = random.below(3); i > 0; --i) {
      objects.push_back(builder.add_input(size()));
      builder.set_name(objects.back(), "given " + name());
    }
    const size_t tasks = 1 + random.below(9);
    for (size_t number = 0; number < tasks; ++number) add_task(number, arithmetic);
    return builder.build();
  }

  void add_task(size_t number, bool arithmetic) {
    std::vector<ObjectId> inputs;
    for (size_t i = random.below(4); i > 0 && !objects.empty(); --i)
      inputs.push_back(objects[random.below(objects.size())]);
    std::vector<ObjectSize> outputs;
    for (size_t i = random.below(3); i > 0; --i) outputs.push_back(size());
    const std::string its_name = name();
    const std::string kind = random.chance(0.5) ? kind_of_name(its_name) : "kind of " + its_name;
    const TaskId task = builder.add_task(builder.add_kind(kind, cost(arithmetic)), inputs, outputs);
    builder.set_name(task, its_name);
    const bool result = outputs.size() == 1 && random.chance(0.7);
    for (const ObjectId object : builder.outputs(task)) {
      builder.set_name(object, result ? result_name(its_name) : "made " + name());
      objects.push_back(object);
    }
    if (number > 0 && random.chance(0.4)) builder.add_edge(TaskId(random.below(number)), task);
  }
};

dag::Dag random_dag(uint64_t seed, bool arithmetic = true) {
  return RandomDag(seed).make(arithmetic);
}

constexpr uint64_t kSeeds = 300;

}  // namespace

TEST_CASE("a random DAG is the same after a trip through YAML") {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const dag::Dag dag = random_dag(seed);
    const std::string yaml = to_yaml(describe(dag));
    CAPTURE(seed, yaml);
    REQUIRE(everything_of(test::dag_of_yaml(yaml)) == everything_of(dag));
  }
}

TEST_CASE("a random DAG is the same after a trip through DOT") {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const dag::Dag dag = random_dag(seed);
    const std::string dot = to_dot(describe(dag), "random");
    CAPTURE(seed, dot);
    REQUIRE(everything_of(test::dag_of_dot(dot)) == everything_of(dag));
  }
}

TEST_CASE("a random DAG is the same after a trip through two tables") {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const dag::Dag dag = random_dag(seed);
    const Tables tables = to_tables(describe(dag));
    CAPTURE(seed, tables.tasks, tables.edges);
    REQUIRE(everything_of(test::dag_of_csv(tables.tasks, tables.edges)) == everything_of(dag));
  }
}

TEST_CASE("a random DAG is the same after a trip through WfFormat, which knows times alone") {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const dag::Dag dag = random_dag(seed, /*arithmetic=*/false);
    const std::string json = wfformat::export_wfformat(dag, {.name = "random"});
    CAPTURE(seed, json);
    REQUIRE(everything_of(wfformat::parse_wfformat(json, "random.json")) == everything_of(dag));
  }
}

TEST_CASE("what is written of a DAG that was read is the same text again") {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const dag::Dag dag = random_dag(seed);
    const std::string yaml = to_yaml(describe(dag));
    CAPTURE(seed, yaml);
    REQUIRE(to_yaml(describe(test::dag_of_yaml(yaml))) == yaml);
  }
}

TEST_CASE(
    "a generated DAG, whose objects have no names, keeps its edges, sizes and times in each form") {
  const dag::Dag dag = linear_algebra::make_tsqr(
      {.rows = 4096, .columns = 8, .block_rows = 512, .with_q = true}, dag::DagForm::dask);
  const std::vector<Duration> times(dag.task_count(), Duration::milliseconds(5));
  const Description description = describe(dag, times);
  const dag::Dag from_yaml = test::dag_of_yaml(to_yaml(description));
  const Tables tables = to_tables(description);
  CHECK(from_yaml.task_count() == dag.task_count());
  CHECK(from_yaml.edge_count() == dag.edge_count());
  CHECK(from_yaml.object_count() == dag.object_count());
  CHECK(from_yaml.cost(TaskId(0)).recorded == Duration::milliseconds(5));
  CHECK(everything_of(test::dag_of_dot(to_dot(description, "tsqr"))) == everything_of(from_yaml));
  CHECK(everything_of(test::dag_of_csv(tables.tasks, tables.edges)) == everything_of(from_yaml));
}

}  // namespace wukong::own_dags

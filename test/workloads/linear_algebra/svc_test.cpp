#include "workloads/linear_algebra/svc.h"

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "workloads/dag/statistics.h"

namespace wukong::linear_algebra {

TEST_CASE("SVC is a chain of make_classification and predict for each chunk") {
  const dag::Dag dag = make_unfused_svc({.samples = 128'000});
  CHECK(test::tasks_by_kind(dag) ==
        std::map<std::string, size_t>{{"make_classification", 160}, {"predict", 160}});
  CHECK(dag.edge_count() == 160);
  CHECK(shape_of(dag).depth == 2);
  for (const TaskId leaf : dag.leaves()) {
    REQUIRE(dag.successors(leaf).size() == 1);
    CHECK(dag.kind(dag.successors(leaf).front()) == "predict");
    CHECK(test::output_sizes(dag, leaf) == std::vector<int64_t>{8 * 800 * 20});
  }
}

TEST_CASE("SVC's chunks have samples / chunks samples, rounded down; one more holds the rest") {
  const dag::Dag dag = make_unfused_svc({.samples = 1007, .chunks = 10});
  REQUIRE(dag.leaves().size() == 11);
  CHECK(test::output_sizes(dag, dag.leaves().front()) == std::vector<int64_t>{8 * 100 * 20});
  CHECK(test::output_sizes(dag, dag.leaves().back()) == std::vector<int64_t>{8 * 7 * 20});
}

TEST_CASE("a prediction's work grows with samples, features and support vectors") {
  const auto flops = [](const SvcParameters& parameters) {
    const dag::Dag dag = make_unfused_svc(parameters);
    return dag.cost(dag.sinks().front()).flops;
  };
  // Three operations for each feature, and about twenty for the exponential.
  CHECK(flops({.samples = 1000, .chunks = 10}) == 100.0 * 1000 * (3 * 20 + 20));
  CHECK(flops({.samples = 1000, .chunks = 10, .features = 60}) == 100.0 * 1000 * (3 * 60 + 20));
  CHECK(flops({.samples = 1000, .chunks = 10, .support_vectors = 10}) ==
        100.0 * 10 * (3 * 20 + 20));
}

TEST_CASE("fewer samples than chunks are an error that names the parameter") {
  try {
    make_unfused_svc({.samples = 3, .chunks = 4});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.svc.chunks");
  }
}

}  // namespace wukong::linear_algebra

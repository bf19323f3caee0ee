#include "workloads/linear_algebra/triangular_factorisations.h"

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "test/workloads/reference_dag.h"
#include "workloads/dag/statistics.h"

namespace wukong::linear_algebra {
namespace {

// numpywren's program: O is the factor, S the versions of the trailing triangle.
test::ReferenceDag reference_cholesky(int n) {
  test::ReferenceDag dag;
  for (int k = 0; k < n; ++k) {
    dag.task({{'S', k, k, k}}, {{'O', k, k}});
    for (int i = k + 1; i < n; ++i) dag.task({{'O', k, k}, {'S', k, i, k}}, {{'O', i, k}});
    for (int i = k + 1; i < n; ++i)
      for (int j = k + 1; j <= i; ++j)
        dag.task({{'S', k, i, j}, {'O', i, k}, {'O', j, k}}, {{'S', k + 1, i, j}});
  }
  return dag;
}

}  // namespace

TEST_CASE("Cholesky has n(n+1)(n+2)/6 tasks, (n^3-n)/2 edges and 3n-2 levels") {
  for (const size_t n : {1u, 2u, 3u, 4u, 5u, 8u, 16u, 32u, 64u}) {
    INFO("n = " << n);
    const dag::Dag dag = make_cholesky({.n = static_cast<int64_t>(n) * 4096});
    const dag::DagShape shape = shape_of(dag);
    CHECK(shape.tasks == n * (n + 1) * (n + 2) / 6);
    CHECK(shape.edges == (n * n * n - n) / 2);
    CHECK(shape.depth == 3 * n - 2);
    auto kinds = test::tasks_by_kind(dag);
    CHECK(kinds["cholesky"] == n);
    CHECK(kinds["trsm"] == n * (n - 1) / 2);
    CHECK(kinds["syrk"] == (n * n * n - n) / 6);
    // n^2 + (n^3 - n) / 2 blocks are read, n (n + 1) / 2 of them input; each task writes one.
    const auto block = Bytes(int64_t{8} * 4096 * 4096);
    CHECK(shape.reads.nominal == block * static_cast<int64_t>(n * n + (n * n * n - n) / 2));
    CHECK(shape.writes.nominal == block * static_cast<int64_t>(shape.tasks));
    CHECK(shape.inputs.nominal == block * static_cast<int64_t>(n * (n + 1) / 2));
    CHECK(shape.reads.actual == shape.reads.nominal);
  }
}

TEST_CASE("Cholesky has the counts that were taken from numpywren's code") {
  CHECK(make_cholesky({.n = 262'144}).task_count() == 45'760);
  CHECK(make_cholesky({.n = 262'144}).edge_count() == 131'040);
  CHECK(make_cholesky({.n = 32 * 4096}).edge_count() == 16'368);
}

TEST_CASE("Cholesky is the DAG of the program that is written down naively") {
  for (const int n : {1, 2, 3, 6, 11}) {
    const auto expected = reference_cholesky(n);
    const dag::DagShape shape = shape_of(make_cholesky({.n = n * 8, .block = 8}));
    CHECK(shape.tasks == expected.tasks());
    CHECK(shape.edges == expected.edges());
    CHECK(shape.depth == expected.depth());
  }
}

TEST_CASE("Cholesky's costs add up to n^3/3 flops, to the leading order") {
  const dag::Dag dag = make_cholesky({.n = 64'000, .block = 1000});
  double flops = 0;
  for (const TaskId task : dag.tasks()) flops += dag.cost(task).flops;
  // The blocks on the diagonal are updated in full: of order 1 / (blocks on a side) more.
  CHECK(flops == Approx(64'000.0 * 64'000.0 * 64'000.0 / 3).epsilon(0.03));
}

TEST_CASE("Cholesky's last row of blocks is smaller where the block does not divide n") {
  const dag::Dag dag = make_cholesky({.n = 25, .block = 10});
  const auto solves = test::tasks_of_kind(dag, "trsm");
  REQUIRE(solves.size() == 3);
  // Block (2, 0) is 5 x 10.
  CHECK(test::input_sizes(dag, solves[1]) == std::vector<int64_t>{800, 400});
  CHECK(test::output_sizes(dag, solves[1]) == std::vector<int64_t>{400});
  CHECK(dag.size(dag.outputs(solves[1]).front()).nominal == Bytes(800));
  CHECK(dag.cost(solves[1]).flops == 5 * 10 * 10);
  CHECK(test::output_sizes(dag, dag.sinks().back()) == std::vector<int64_t>{200});
  // The lower triangle: three full blocks, two of 5 x 10, one of 5 x 5.
  CHECK(shape_of(dag).inputs.actual == Bytes(3 * 800 + 2 * 400 + 200));
}

TEST_CASE("a Cholesky of too many blocks is an error that names the parameter") {
  try {
    make_cholesky({.n = 1'000'000, .block = 10});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.cholesky.block");
  }
}

}  // namespace wukong::linear_algebra

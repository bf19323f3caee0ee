#include "workloads/linear_algebra/triangular_factorisations.h"

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "test/workloads/reference_dag.h"
#include "workloads/dag/statistics.h"

namespace wukong::linear_algebra {
namespace {

test::ReferenceDag reference_lu(int n) {
  test::ReferenceDag dag;
  for (int k = 0; k < n; ++k) {
    dag.task({{'S', k, k, k}}, {{'F', k, k}});
    for (int i = k + 1; i < n; ++i) dag.task({{'F', k, k}, {'S', k, i, k}}, {{'F', i, k}});
    for (int j = k + 1; j < n; ++j) dag.task({{'F', k, k}, {'S', k, k, j}}, {{'F', k, j}});
    for (int i = k + 1; i < n; ++i)
      for (int j = k + 1; j < n; ++j)
        dag.task({{'S', k, i, j}, {'F', i, k}, {'F', k, j}}, {{'S', k + 1, i, j}});
  }
  return dag;
}

}  // namespace

TEST_CASE("LU has n getrf, n(n-1) trsm, n(n-1)(2n-1)/6 gemm, n(n-1)(2n+1)/2 edges, 3n-2 levels") {
  for (const size_t n : {1u, 2u, 3u, 4u, 7u, 16u, 40u}) {
    INFO("n = " << n);
    const dag::Dag dag = make_lu({.n = static_cast<int64_t>(n) * 4096});
    const dag::DagShape shape = dag::shape_of(dag);
    auto kinds = test::tasks_by_kind(dag);
    CHECK(kinds["getrf"] == n);
    CHECK(kinds["trsm"] == n * (n - 1));
    CHECK(kinds["gemm"] == n * (n - 1) * (2 * n - 1) / 6);
    CHECK(shape.edges == n * (n - 1) * (2 * n + 1) / 2);
    CHECK(shape.depth == 3 * n - 2);
    const auto block = Bytes(int64_t{8} * 4096 * 4096);
    const size_t reads = n + 2 * n * (n - 1) + n * (n - 1) * (2 * n - 1) / 2;
    CHECK(shape.reads.nominal == block * static_cast<int64_t>(reads));
    CHECK(shape.writes.nominal == block * static_cast<int64_t>(shape.tasks));
    CHECK(shape.inputs.actual == block * static_cast<int64_t>(n * n));
  }
}

TEST_CASE("LU is the DAG of the program that is written down naively") {
  for (const int n : {1, 2, 5, 9}) {
    const auto expected = reference_lu(n);
    const dag::DagShape shape = dag::shape_of(make_lu({.n = n * 8, .block = 8}));
    CHECK(shape.tasks == expected.tasks());
    CHECK(shape.edges == expected.edges());
    CHECK(shape.depth == expected.depth());
  }
}

TEST_CASE("LU's costs add up to 2/3 n^3 flops, also with smaller blocks at the edges") {
  // Without the terms of lower order that a count of each operation would have.
  const dag::Dag dag = make_lu({.n = 30'500, .block = 1000});
  double flops = 0;
  for (const TaskId task : dag.tasks()) flops += dag.cost(task).flops;
  CHECK(flops == Approx(2.0 / 3 * 30'500.0 * 30'500.0 * 30'500.0).epsilon(0.001));
}

TEST_CASE("LU's blocks of the last row and of the last column are smaller") {
  const dag::Dag dag = make_lu({.n = 15, .block = 10});
  const auto solves = test::tasks_of_kind(dag, "trsm");
  REQUIRE(solves.size() == 2);
  for (const TaskId solve : solves) {
    CHECK(test::input_sizes(dag, solve) == std::vector<int64_t>{800, 400});
    CHECK(dag.cost(solve).flops == 10 * 10 * 5);
  }
  CHECK(test::output_sizes(dag, dag.sinks().back()) == std::vector<int64_t>{200});
}

TEST_CASE("an LU of too many blocks is an error that names the parameter") {
  try {
    make_lu({.n = 1'000'000, .block = 10});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.lu.block");
  }
}

}  // namespace wukong::linear_algebra

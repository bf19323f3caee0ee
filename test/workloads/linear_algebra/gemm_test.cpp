#include "workloads/linear_algebra/gemm.h"

#include <string>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "workloads/dag/statistics.h"

namespace wukong::linear_algebra {
namespace {

using test::tasks_by_kind;
using test::tasks_of_kind;

dag::Dag gemm(int64_t n, int64_t block, dag::DagForm form) {
  return make_gemm({.n = n, .block = block}, form);
}

// ceil(n / 4^l) for l = 1, 2, ... until it is 1: the additions of each level.
std::vector<int64_t> levels_of_additions(int64_t n) {
  std::vector<int64_t> levels;
  for (int64_t terms = n; terms > 1;) {
    terms = (terms + 3) / 4;
    levels.push_back(terms);
  }
  return levels;
}

}  // namespace

TEST_CASE("numpywren's GEMM has the tasks, edges and critical path of its program") {
  // n^3 products, n^2 sum(a_l) additions, n^2 copies; n^2 (n + a_1 + ... + a_(d-1) + 1) edges;
  // d + 2 levels.
  for (int64_t n = 1; n <= 18; ++n) {
    INFO("n = " << n);
    const dag::DagShape shape = shape_of(gemm(10 * n, 10, dag::DagForm::numpywren));
    const auto levels = levels_of_additions(n);
    int64_t additions = 0;
    for (const int64_t level : levels) additions += level;
    const int64_t passed_on = levels.empty() ? 0 : n + additions - levels.back();
    CHECK(shape.tasks == static_cast<size_t>(n * n * (n + additions + 1)));
    CHECK(shape.edges == static_cast<size_t>(n * n * (passed_on + 1)));
    CHECK(shape.depth == levels.size() + 2);
    CHECK(shape.sinks == static_cast<size_t>(n * n));
  }
}

TEST_CASE("numpywren's GEMM has the counts that were taken from its code") {
  struct Case {
    int64_t n;
    size_t tasks, edges;
  };
  for (const auto [n, tasks, edges] :
       {Case{4, 96, 80}, Case{8, 768, 704}, Case{13, 3211, 3042}, Case{16, 5632, 5376}}) {
    const dag::DagShape shape = shape_of(gemm(2000 * n, 2000, dag::DagForm::numpywren));
    CHECK(shape.tasks == tasks);
    CHECK(shape.edges == edges);
  }
}

TEST_CASE("numpywren's GEMM counts the nominal bytes that its paper's counters show") {
  // With K blocks on a side, a additions per block of the result and U = 8 (K b)^2 bytes:
  // (2 K + 4 a + 1) U read, (K + a + 1) U written.
  struct Case {
    int64_t n, read, written;
  };
  for (const auto [n, read, written] :
       {Case{5'000, 4'600'000'000, 1'800'000'000}, Case{10'000, 18'400'000'000, 7'200'000'000},
        Case{15'000, 59'392'000'000, 24'576'000'000},
        Case{25'000, 254'176'000'000, 102'752'000'000}}) {
    INFO("n = " << n);
    const dag::DagShape shape = shape_of(make_gemm({.n = n}, dag::DagForm::numpywren));
    CHECK(shape.reads.nominal == Bytes(read));
    CHECK(shape.writes.nominal == Bytes(written));
  }
}

TEST_CASE("numpywren's GEMM moves fewer bytes than it counts: small edges, absent blocks") {
  const dag::Dag dag = make_gemm({.n = 25'000}, dag::DagForm::numpywren);
  const dag::DagShape shape = shape_of(dag);
  // |A| = 5 GB, K = 13: products read K (|A| + |B|) and write K |C|; additions read the products
  // and four partial sums of each block, and write 4 + 1; a copy reads and writes |C|.
  const int64_t matrix = int64_t{8} * 25'000 * 25'000;
  CHECK(shape.reads.actual == Bytes(matrix * (26 + 13 + 4 + 1)));
  CHECK(shape.writes.actual == Bytes(matrix * (13 + 4 + 1 + 1)));
  // The last addition of the first level has one product and looks for three more.
  size_t absent = 0;
  for (const ObjectId object : dag.objects()) absent += dag.absent(object);
  CHECK(absent == 169 * 3);
}

TEST_CASE("Dask's GEMM is a task per block of the result, which reads a row and a column") {
  for (int64_t n : {1, 2, 5, 13}) {
    INFO("n = " << n);
    const dag::Dag dag =
        make_gemm({.n = 100 * n, .block = 100, .persisted_input = false}, dag::DagForm::dask);
    const dag::DagShape shape = shape_of(dag);
    const auto blocks = static_cast<size_t>(n);
    CHECK(tasks_by_kind(dag) == std::map<std::string, size_t>{{"generate", 2 * blocks * blocks},
                                                              {"matmul", blocks * blocks}});
    CHECK(shape.edges == 2 * blocks * blocks * blocks);
    CHECK(shape.depth == 2);
    for (const TaskId leaf : dag.leaves()) CHECK(dag.successors(leaf).size() == blocks);
    for (const TaskId product : dag.sinks()) CHECK(dag.predecessors(product).size() == 2 * blocks);
  }
}

TEST_CASE("block (i, j) of Dask's product reads row i of A and column j of B") {
  const dag::Dag dag =
      make_gemm({.n = 30, .block = 10, .persisted_input = false}, dag::DagForm::dask);
  const auto products = tasks_of_kind(dag, "matmul");
  // Leaves are numbered A row by row, then B row by row.
  const auto product = dag.predecessors(products[1 * 3 + 2]);
  const std::vector<TaskId> expected = {TaskId(3),     TaskId(4),     TaskId(5),
                                        TaskId(9 + 2), TaskId(9 + 5), TaskId(9 + 8)};
  CHECK(std::vector<TaskId>(product.begin(), product.end()) == expected);
}

TEST_CASE("Dask's GEMM with edge blocks reads each matrix n times, in its true size") {
  const dag::Dag dag = make_gemm({.n = 25'000}, dag::DagForm::dask);
  const dag::DagShape shape = shape_of(dag);
  const int64_t matrix = int64_t{8} * 25'000 * 25'000;
  CHECK(shape.inputs.actual == Bytes(2 * matrix));
  CHECK(shape.reads.actual == Bytes(2 * matrix * 13));
  CHECK(shape.writes.actual == Bytes(matrix));
  CHECK(shape.writes.nominal == shape.writes.actual);
  double flops = 0;
  for (const TaskId task : dag.tasks()) flops += dag.cost(task).flops;
  CHECK(flops == 2.0 * 25'000 * 25'000 * 25'000);
  CHECK(test::output_sizes(dag, dag.sinks().back()) == std::vector<int64_t>{8 * 1000 * 1000});
}

TEST_CASE("a product that is done at once needs its inputs twice: as blocks and concatenated") {
  // The papers: 25k runs on functions of 3 GB, 50k does not.
  const auto memory = [](int64_t n) {
    return shape_of(make_gemm({.n = n}, dag::DagForm::dask)).largest_memory;
  };
  CHECK(memory(25'000) == Bytes(2 * (2 * 8 * 25'000 * 2000) + 8 * 2000 * 2000));
  CHECK(memory(25'000) < Bytes::mebi(3008));
  CHECK(memory(50'000) > Bytes::mebi(3008));
}

TEST_CASE("an input that is not persisted is generated by the leaves") {
  const dag::Dag dag =
      make_gemm({.n = 300, .block = 100, .persisted_input = false}, dag::DagForm::dask);
  CHECK(tasks_by_kind(dag) == std::map<std::string, size_t>{{"generate", 18}, {"matmul", 9}});
  CHECK(shape_of(dag).inputs.actual == Bytes(0));
  CHECK(dag.cost(dag.leaves().front()).kernel == hosts::Kernel::generate);
  CHECK(dag.cost(dag.leaves().front()).flops == 100.0 * 100.0);
}

TEST_CASE("a GEMM of too many blocks is an error that names the parameter") {
  try {
    make_gemm({.n = 1'000'000'000, .block = 1}, dag::DagForm::dask);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.gemm.block");
  }
}

}  // namespace wukong::linear_algebra

#include "workloads/linear_algebra/dask_tsqr.h"

#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "workloads/dag/statistics.h"
#include "workloads/linear_algebra/tsqr.h"

namespace wukong::linear_algebra {
namespace {

using test::tasks_by_kind;
using test::tasks_of_kind;

dag::Dag tsqr_with_q(int64_t rows, int64_t columns, int64_t block_rows) {
  return make_unfused_tsqr(
      {.rows = rows, .columns = columns, .block_rows = block_rows, .with_q = true},
      dag::DagForm::dask);
}

}  // namespace

TEST_CASE("Q costs a slice, the block's own Q and a product per block, and the Q of the stack") {
  for (const int64_t blocks : {1, 2, 64}) {
    const auto n = static_cast<size_t>(blocks);
    const dag::Dag dag = tsqr_with_q(blocks * 8192, 128, 8192);
    const auto kinds = tasks_by_kind(dag);
    CHECK(kinds.at("qr") == n + 1);
    CHECK(kinds.at("dot") == n);
    CHECK(kinds.at("getitem") == (n + 1) + 1 + 2 * n);
    CHECK(dag.sinks().size() == n + 1);  // Q's blocks and R
  }
}

TEST_CASE("where stacks are factored in groups, each group's Q is computed too") {
  // 100 blocks of 64 x 4: R's in groups of 16, which makes 7 stacks, and one stack of those.
  const dag::Dag dag = tsqr_with_q(6400, 4, 64);
  const auto kinds = tasks_by_kind(dag);
  CHECK(kinds.at("stack") == 7 + 1);
  CHECK(kinds.at("qr") == 100 + 7 + 1);
  CHECK(kinds.at("dot") == 100 + 7);
  CHECK(kinds.at("getitem") == 108 + 1 + 2 * 107);
}

TEST_CASE("a block's Q is its own Q times its slice of its group's") {
  const dag::Dag dag = tsqr_with_q(6400, 4, 64);
  const auto dots = tasks_of_kind(dag, "dot");
  // The 7 groups' come first, then the 100 blocks'. Block 17 is the second of group 1.
  const auto of_block = dag.predecessors(dots[7 + 17]);
  REQUIRE(of_block.size() == 2);
  CHECK(dag.predecessors(of_block[0]).front() == tasks_of_kind(dag, "qr")[17]);
  CHECK(dag.predecessors(of_block[1]).front() == dots[1]);
  const auto of_group = dag.predecessors(dots[1]);
  CHECK(dag.predecessors(of_group[0]).front() == tasks_of_kind(dag, "qr")[100 + 1]);
  CHECK(test::input_sizes(dag, dots[7 + 17]) == std::vector<int64_t>{8 * 64 * 4, 8 * 4 * 4});
  CHECK(test::output_sizes(dag, dots[7 + 17]) == std::vector<int64_t>{8 * 64 * 4});
  CHECK(dag.cost(dots[7 + 17]).flops == 2.0 * 64 * 4 * 4);
}

TEST_CASE("Q's blocks have the heights of the matrix's, also a last one below its width") {
  const dag::Dag dag = tsqr_with_q(64 * 3 + 2, 4, 64);
  std::vector<int64_t> sizes;
  for (const TaskId dot : tasks_of_kind(dag, "dot"))
    sizes.push_back(test::output_sizes(dag, dot).front());
  CHECK(sizes == std::vector<int64_t>{8 * 64 * 4, 8 * 64 * 4, 8 * 64 * 4, 8 * 2 * 4});
  // Its R is 2 x 4: the stack has 3 * 4 + 2 rows.
  CHECK(test::output_sizes(dag, tasks_of_kind(dag, "stack").front()) ==
        std::vector<int64_t>{8 * 14 * 4});
}

TEST_CASE("without Q no task of its branches is there") {
  const dag::Dag dag =
      make_unfused_tsqr({.rows = 6400, .columns = 4, .block_rows = 64}, dag::DagForm::dask);
  CHECK(tasks_by_kind(dag).count("dot") == 0);
  CHECK(dag.sinks().size() == 1);
}

}  // namespace wukong::linear_algebra

#include <algorithm>
#include <set>
#include <string>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/workloads/dag_facts.h"
#include "workloads/dag/statistics.h"
#include "workloads/linear_algebra/svd1.h"
#include "workloads/linear_algebra/svd2.h"

namespace wukong::linear_algebra {
namespace {

using test::tasks_by_kind;
using test::tasks_of_kind;

constexpr int64_t kLevel = 20;  // columns of the compressed matrix

// Of a sum of `terms` in groups of four; at least one.
size_t additions(size_t terms) {
  size_t sum = 0;
  do {
    terms = (terms + 3) / 4;
    sum += terms;
  } while (terms > 1);
  return sum;
}

// The blocks of A are the only objects of this size.
std::vector<TaskId> leaves_of_a(const dag::Dag& dag, int64_t block) {
  std::vector<TaskId> leaves;
  for (const TaskId leaf : dag.leaves())
    if (test::output_sizes(dag, leaf).front() > 8 * kLevel * block) leaves.push_back(leaf);
  return leaves;
}

template <class Range>
bool contains(const Range& range, TaskId task) {
  return std::find(range.begin(), range.end(), task) != range.end();
}

// Whether `after` follows from `before`, over any number of edges.
bool reaches(const dag::Dag& dag, TaskId before, TaskId after) {
  std::set<TaskId> reached = {before};
  for (const TaskId task : dag.tasks())
    for (const TaskId predecessor : dag.predecessors(task))
      if (reached.count(predecessor) > 0) reached.insert(task);
  return reached.count(after) > 0;
}

}  // namespace

TEST_CASE("SVD1 is a TSQR, the SVD of its R, and v") {
  // Up to 100 blocks of 10,000 x 100 there is one stack.
  for (const int64_t blocks : {1, 2, 100}) {
    const auto n = static_cast<size_t>(blocks);
    const dag::Dag dag = make_unfused_svd1({.rows = blocks * 10'000});
    CHECK(tasks_by_kind(dag) ==
          std::map<std::string, size_t>{
              {"generate", n}, {"qr", n + 1}, {"getitem", n + 2}, {"stack", 1}, {"svd", 1}});
    CHECK(shape_of(dag).depth == 3 + 3 + 2);
    CHECK(shape_of(dag).sinks == 1);
    CHECK(test::output_sizes(dag, dag.sinks().front()) == std::vector<int64_t>{8 * 100 * 100});
  }
}

TEST_CASE("SVD1 of more than a hundred blocks stacks in groups of a hundred, then the groups") {
  const dag::Dag dag = make_unfused_svd1({.rows = 8'192'000});
  const auto kinds = tasks_by_kind(dag);
  CHECK(kinds.at("generate") == 820);
  CHECK(kinds.at("stack") == 9 + 1);
  CHECK(kinds.at("qr") == 820 + 9 + 1);
  const auto stacks = tasks_of_kind(dag, "stack");
  CHECK(dag.predecessors(stacks[0]).size() == 100);
  CHECK(dag.predecessors(stacks[8]).size() == 20);
  CHECK(dag.predecessors(stacks[9]).size() == 9);
  // The last block has 2000 rows, whose R is as large as any.
  CHECK(test::output_sizes(dag, dag.leaves().back()) == std::vector<int64_t>{8 * 2000 * 100});
}

TEST_CASE("SVD1 of a persisted matrix reads it and generates nothing") {
  const dag::Dag dag = make_unfused_svd1({.rows = 30'000, .persisted_input = true});
  CHECK(tasks_by_kind(dag).count("generate") == 0);
  CHECK(shape_of(dag).inputs.actual == Bytes(8 * 30'000 * 100));
}

TEST_CASE("SVD1 of a wide matrix is an error that names the parameter") {
  try {
    make_unfused_svd1({.rows = 50, .columns = 100});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.svd1.columns");
  }
}

TEST_CASE("SVD2 of B x B blocks has 3 B^2 + 2 B S(B) + 16 B + 9 tasks, S those of a sum") {
  for (const int64_t blocks : {1, 2, 4, 5, 17, 52}) {
    INFO("B = " << blocks);
    const auto n = static_cast<size_t>(blocks);
    const dag::Dag dag = make_unfused_svd2({.n = blocks * 5000, .block = 5000});
    const auto kinds = tasks_by_kind(dag);
    CHECK(dag.task_count() == 3 * n * n + 2 * n * additions(n) + 16 * n + 9);
    CHECK(kinds.at("generate") == n * n + n);
    // Two products for each block of A; Q of the first TSQR, Q of the second and its product by u.
    CHECK(kinds.at("dot") == 2 * n * n + 3 * n);
    CHECK(kinds.at("sum") == 2 * n * additions(n));
    CHECK(kinds.at("transpose") == 3 * n);
    CHECK(kinds.at("qr") == 2 * (n + 1));
    CHECK(kinds.at("stack") == 2);
    CHECK(kinds.at("svd") == 1);
    CHECK(dag.sinks().size() == n);
  }
}

TEST_CASE("without vectors SVD2's last step has no Q") {
  for (const int64_t blocks : {2, 13}) {
    const auto n = static_cast<size_t>(blocks);
    const dag::Dag dag =
        make_unfused_svd2({.n = blocks * 5000, .block = 5000, .result = Svd2Result::s});
    CHECK(dag.task_count() == 3 * n * n + 2 * n * additions(n) + 10 * n + 8);
    REQUIRE(dag.sinks().size() == 1);
    CHECK(test::output_sizes(dag, dag.sinks().front()) == std::vector<int64_t>{8 * kLevel});
  }
}

TEST_CASE("every block of A has two consumers: with Omega at once, with comp after the TSQR") {
  const dag::Dag dag = make_unfused_svd2({.n = 13'000, .block = 1000});
  const auto leaves = leaves_of_a(dag, 1000);
  REQUIRE(leaves.size() == 169);
  const TaskId first_stack = tasks_of_kind(dag, "stack").front();
  for (const TaskId leaf : leaves) {
    const auto consumers = dag.successors(leaf);
    REQUIRE(consumers.size() == 2);
    // A.Omega: two leaves. comp.A: a transposed block of Q, and the leaf.
    const auto early = dag.predecessors(consumers[0]);
    CHECK(early.size() == 2);
    CHECK((contains(dag.leaves(), early[0]) && contains(dag.leaves(), early[1])));
    const auto late = dag.predecessors(consumers[1]);
    CHECK(late.size() == 2);
    CHECK(dag.kind(late[0]) == "transpose");
  }
  CHECK(reaches(dag, first_stack, dag.successors(leaves.front())[1]));
  CHECK_FALSE(reaches(dag, first_stack, dag.successors(leaves.front())[0]));
}

TEST_CASE("SVD2's block (i, j) is multiplied by Omega's block j and by comp's block i") {
  const dag::Dag dag = make_unfused_svd2({.n = 300, .block = 100});
  const auto omega = [](size_t j) { return TaskId(9 + j); };  // after the nine blocks of A
  std::vector<TaskId> comp;
  for (size_t i = 0; i < 3; ++i) comp.push_back(tasks_of_kind(dag, "transpose")[i]);
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) {
      const auto consumers = dag.successors(TaskId(3 * i + j));
      CHECK(dag.predecessors(consumers[0])[1] == omega(j));
      CHECK(dag.predecessors(consumers[1])[0] == comp[i]);
    }
  }
}

TEST_CASE("SVD2's sums add four blocks at a time") {
  const dag::Dag dag =
      make_unfused_svd2({.n = 1700, .block = 100});  // 17: groups of 4 4 4 4 1, 4 1, 2
  std::map<size_t, size_t> sums_by_fan_in;
  for (const TaskId sum : tasks_of_kind(dag, "sum")) {
    ++sums_by_fan_in[dag.predecessors(sum).size()];
    const auto sizes = test::input_sizes(dag, sum);
    CHECK(sizes == std::vector<int64_t>(sizes.size(), 8 * 100 * kLevel));
  }
  CHECK(sums_by_fan_in == std::map<size_t, size_t>{{4, 2 * 17 * 5}, {1, 2 * 17 * 2}, {2, 2 * 17}});
}

TEST_CASE("SVD2 has the papers' blocks, and smaller ones at the edges") {
  // 256k: 52 x 52 blocks, the last of 1000 rows.
  const dag::Dag dag = make_unfused_svd2({.n = 256'000});
  const auto leaves = leaves_of_a(dag, 5000);
  CHECK(leaves.size() == 2704);
  CHECK(test::output_sizes(dag, leaves[0]) == std::vector<int64_t>{200'000'000});
  CHECK(test::output_sizes(dag, leaves[51]) == std::vector<int64_t>{8 * 5000 * 1000});
  CHECK(test::output_sizes(dag, leaves[2703]) == std::vector<int64_t>{8 * 1000 * 1000});
  CHECK(test::output_sizes(dag, dag.sinks().front()) == std::vector<int64_t>{8 * 5 * 5000});
  CHECK(test::output_sizes(dag, dag.sinks().back()) == std::vector<int64_t>{8 * 5 * 1000});
  CHECK(make_unfused_svd2({.n = 10'000}).sinks().size() == 5);
}

TEST_CASE("SVD2 of a matrix that is smaller than the compression keeps its rank") {
  const dag::Dag dag = make_unfused_svd2({.n = 3, .block = 2});
  CHECK(test::output_sizes(dag, dag.sinks().front()) == std::vector<int64_t>{8 * 3 * 2});
  CHECK(test::output_sizes(dag, dag.sinks().back()) == std::vector<int64_t>{8 * 3 * 1});
}

TEST_CASE("an SVD2 of too many blocks is an error that names the parameter") {
  try {
    make_unfused_svd2({.n = 1'000'000'000, .block = 1});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.svd2.block");
  }
}

}  // namespace wukong::linear_algebra

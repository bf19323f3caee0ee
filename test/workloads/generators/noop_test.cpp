#include "workloads/generators/noop.h"

#include "sim/base/error.h"
#include "sim/hosts/task_cost.h"
#include "test/catch.h"
#include "workloads/dag/statistics.h"

namespace wukong::generators {
namespace {

// The lengths of the chains, by leaf.
std::vector<size_t> chain_lengths(const dag::Dag& dag) {
  std::vector<size_t> lengths;
  for (TaskId task : dag.leaves()) {
    size_t length = 1;
    while (!dag.successors(task).empty()) {
      REQUIRE(dag.successors(task).size() == 1);
      REQUIRE(dag.predecessors(dag.successors(task).front()).size() == 1);
      task = dag.successors(task).front();
      ++length;
    }
    lengths.push_back(length);
  }
  return lengths;
}

}  // namespace

TEST_CASE("no-op scaling has a chain of tasks / lambdas tasks per Lambda") {
  const dag::Dag strong = make_noop({.tasks = 10'000, .lambdas = 250});
  CHECK(chain_lengths(strong) == std::vector<size_t>(250, 40));
  CHECK(strong.edge_count() == 10'000 - 250);
  const dag::Dag serverless = make_noop({.tasks = 1000, .lambdas = 1000});
  CHECK(chain_lengths(serverless) == std::vector<size_t>(1000, 1));
}

TEST_CASE("fused, each Lambda's no-ops are one task that sleeps as long as all of them") {
  const dag::Dag fused =
      make_noop({.tasks = 11, .lambdas = 4, .delay = Duration::milliseconds(50), .fused = true});
  REQUIRE(fused.task_count() == 4);
  CHECK(fused.edge_count() == 0);
  const auto sleeps = [&fused](TaskId task) {
    Duration sleep;
    hosts::for_each_step(fused.cost(task),
                         [&sleep](const hosts::TaskCost& step) { sleep += step.sleep; });
    return sleep;
  };
  CHECK(sleeps(TaskId(0)) == Duration::milliseconds(150));
  CHECK(sleeps(TaskId(3)) == Duration::milliseconds(100));
}

TEST_CASE("a remainder of tasks is spread over the first chains") {
  CHECK(chain_lengths(make_noop({.tasks = 11, .lambdas = 4})) == std::vector<size_t>{3, 3, 3, 2});
}

TEST_CASE("a no-op task takes its delay and nothing else") {
  const dag::Dag dag = make_noop({.tasks = 4, .lambdas = 2, .delay = Duration::milliseconds(250)});
  for (const TaskId task : dag.tasks()) {
    CHECK(dag.cost(task).sleep == Duration::milliseconds(250));
    CHECK(dag.cost(task).flops == 0);
    CHECK(dag.size(dag.outputs(task).front()).actual == Bytes(8));
  }
  CHECK(dag::work_of(dag, dag::task_times(dag, {}, 2)).span == Duration::milliseconds(500));
}

TEST_CASE("fewer tasks than Lambdas are an error that names the parameter") {
  try {
    make_noop({.tasks = 3, .lambdas = 4});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "workload.noop.lambdas");
  }
}

}  // namespace wukong::generators

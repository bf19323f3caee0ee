#include <string>
#include <vector>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/generators/tree_reduction.h"

namespace wukong {
namespace {

using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;

using namespace literals;

// Nothing but the tasks takes time.
std::string free_threads(const std::string& options) {
  return "{dask-threads: {graph_time_ms: 0, task_time_us: 0, predict_call_us: 0, "
         "new_memory_gb_per_s: 1000000" +
         (options.empty() ? "" : ", " + options) + "}}";
}

dag::Dag tree(Duration delay) {
  generators::TreeReductionParameters parameters;
  parameters.elements = 1024;
  parameters.delay = delay;
  return generators::make_tree_reduction(parameters, dag::DagForm::dask);
}

dag::Dag side_by_side(int count, const hosts::TaskCost& cost, Bytes output = Bytes(0)) {
  dag::DagBuilder builder;
  const auto kind = builder.add_kind("work", cost);
  for (int i = 0; i < count; ++i) builder.compute(kind, {}, {output, output});
  return builder.build();
}

double seconds(const dag::Dag& dag, const std::string& system) {
  const auto run = run_policy(dag, system);
  INFO(run.result.failure);
  CHECK(test::each_task_once(run));
  return run.result.makespan.to_seconds();
}

TEST_CASE("64 threads of Dask take a tree reduction of 1024 elements in 24 rounds") {
  // Depth first, half of a level's tasks wait for the other half; level by level it would be 21.
  CHECK(seconds(tree(500_ms), free_threads("")) == Approx(12).epsilon(1e-6));
  CHECK(seconds(tree(500_ms), free_threads("threads: 32")) == Approx(20).epsilon(1e-6));
  CHECK(seconds(tree(500_ms), free_threads("threads: 48")) == Approx(15).epsilon(1e-6));
  CHECK(seconds(tree(500_ms), free_threads("threads: 72")) == Approx(11.5).epsilon(1e-6));
}

TEST_CASE("the main thread of Dask's threaded scheduler has its time for each task") {
  const std::string system = "{dask-threads: {graph_time_ms: 2, task_time_us: 49}}";
  CHECK(seconds(tree(0_ms), system) == Approx(0.002 + 1023 * 49e-6).margin(1e-4));
}

TEST_CASE("Dask's threads wait for each other in QR, not in other kernels") {
  hosts::TaskCost cost;
  cost.sleep = 100_ms;
  cost.kernel = hosts::Kernel::qr;
  CHECK(seconds(side_by_side(8, cost), free_threads("")) == Approx(0.8));
  cost.kernel = hosts::Kernel::svd;
  CHECK(seconds(side_by_side(8, cost), free_threads("")) == Approx(0.1));
}

TEST_CASE("Dask's threads wait for each other in the Python code of a prediction, not in libsvm") {
  hosts::TaskCost cost;
  cost.sleep = 100_ms;
  cost.kernel = hosts::Kernel::predict;
  const std::string system =
      "{dask-threads: {graph_time_ms: 0, task_time_us: 0, predict_call_us: 2000}}";
  CHECK(seconds(side_by_side(8, cost), system) == Approx(0.1 + 8 * 0.002));
  cost.kernel = hosts::Kernel::svd;
  CHECK(seconds(side_by_side(8, cost), system) == Approx(0.1));
}

TEST_CASE("new memory comes to all threads of a process at one rate; a view needs none") {
  hosts::TaskCost cost;
  cost.touched = Bytes(1);
  const std::string system =
      "{dask-threads: {graph_time_ms: 0, task_time_us: 0, new_memory_gb_per_s: 4}}";
  // 8 results of 1 GB; then working memory of 2 GB more for each.
  CHECK(seconds(side_by_side(8, cost, Bytes(1'000'000'000)), system) == Approx(2));
  cost.memory = Bytes(2'000'000'000);
  CHECK(seconds(side_by_side(8, cost, Bytes(1'000'000'000)), system) == Approx(6));
  cost.memory = Bytes(0);
  cost.touched = Bytes(0);
  CHECK(seconds(side_by_side(8, cost, Bytes(1'000'000'000)), system) == Approx(0).margin(1e-6));
}

TEST_CASE("a process of Dask that holds more than its machine's memory is killed") {
  // 256 GiB: results stay, 28 of 10 GB are too many.
  hosts::TaskCost cost;
  cost.sleep = 100_ms;
  const Bytes size(10'000'000'000);
  CHECK(run_policy(side_by_side(27, cost, size), free_threads("")).result.completed);
  const auto run = run_policy(side_by_side(28, cost, size), free_threads(""));
  CHECK(!run.result.completed);
  CHECK(!run.result.deadlocked);
  CHECK(run.result.failure.find("out of memory") != std::string::npos);
  // Working memory comes back with each task's end: one at a time has room, three have not.
  cost.memory = Bytes(100'000'000'000);
  CHECK(seconds(side_by_side(5, cost), free_threads("threads: 1")) == Approx(0.5).margin(0.001));
  CHECK(!run_policy(side_by_side(5, cost), free_threads("threads: 3")).result.completed);
  cost.memory = Bytes(300'000'000'000);
  CHECK(!run_policy(side_by_side(1, cost), free_threads("")).result.completed);
}

TEST_CASE("Dask's threads go on with what is ready last, so blocks are freed before others come") {
  // 40 chains that begin with 10 GB each and leave little: 8 threads hold 16 at most.
  std::string text;
  DagTextOptions options;
  for (int i = 0; i < 40; ++i) {
    const std::string block = "block" + std::to_string(i);
    text += block + " -> sum" + std::to_string(i) + "; ";
    options.object_sizes.emplace(block, Bytes(10'000'000'000));
  }
  options.duration = 100_ms;
  CHECK(seconds(dag_from_text(text, options), free_threads("threads: 8")) == Approx(1));
}

TEST_CASE("Dask's threads move nothing between hosts") {
  DagTextOptions options;
  options.object_size = Bytes(50'000'000);
  options.input_size = Bytes(50'000'000);
  const auto run = run_policy(dag_from_text("a -> c; b -> c; c -> d", options), "dask-threads");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.read == Bytes(0));
  CHECK(run.result.usage.written == Bytes(0));
}

TEST_CASE("the threaded scheduler pays for its machine, and for a cluster that stands idle") {
  // 17 leaves are those of 17 workers, on three machines, for the time of the run.
  const auto dag = side_by_side(17, {});
  const auto both = run_policy(dag, "dask-threads").result;
  const double hours = both.makespan.to_seconds() / 3600;
  CHECK(both.cost.total().to_usd() == Approx((3 * 0.68 + 3.808) * hours));
  CHECK(both.cpu_core_s == Approx(both.makespan.to_seconds() * (3 * 16 + 64)));
  const auto alone = run_policy(dag, "{dask-threads: {idle_cluster: none}}").result;
  CHECK(alone.cost.total().to_usd() == Approx(3.808 * hours));
  CHECK(alone.makespan == both.makespan);
}

}  // namespace
}  // namespace wukong

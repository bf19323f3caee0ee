#include <algorithm>
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/run.h"
#include "sim/base/error.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/generators/layered.h"
#include "workloads/generators/tree_reduction.h"
#include "workloads/linear_algebra/gemm.h"
#include "workloads/linear_algebra/svd2.h"

namespace wukong {
namespace {

using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;
using test::task_named;

using namespace literals;

dag::Dag dag_of_seed(int64_t seed) {
  generators::LayeredParameters parameters;
  parameters.depth = 6;
  parameters.width = 40;
  parameters.fan_in = 3;
  parameters.task_time = 50_ms;
  parameters.seed = seed;
  return generators::make_layered(parameters);
}

// The longest chain of the tasks' fixed times, and their sum.
struct Work {
  Duration critical_path;
  Duration total;
};
Work work_of(const dag::Dag& dag) {
  Work work;
  std::vector<Duration> end(dag.task_count());
  for (const TaskId task : dag.tasks()) {
    Duration start;
    for (const TaskId before : dag.predecessors(task)) start = std::max(start, end[before.index()]);
    end[task.index()] = start + dag.cost(task).sleep;
    work.total += dag.cost(task).sleep;
    work.critical_path = std::max(work.critical_path, end[task.index()]);
  }
  return work;
}

std::string independent_tasks(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "t" + std::to_string(i) + ";";
  return text;
}

TEST_CASE("a Dask worker that would pause before it spills is refused", "[dask]") {
  const auto run = [](const std::string& pause) {
    return run_policy(dag_from_text("a -> b"), "{dask-laptop: {memory: {pause: " + pause + "}}}");
  };
  CHECK_THROWS_WITH(run("0.08"), Catch::Contains("memory.spill_process"));
  CHECK(run("0.7").result.completed);
}

TEST_CASE(
    "Dask runs each task of a random DAG once, no faster than its work and its longest chain") {
  const int64_t seed = GENERATE(range(1, 6));
  const auto dag = dag_of_seed(seed);
  const Work work = work_of(dag);
  for (const auto& [system, threads] : {std::pair("dask-1000", 2000),
                                        {"dask-125", 2000},
                                        {"dask-pdsw19", 25},
                                        {"dask-laptop", 4}}) {
    const auto run = run_policy(dag, system);
    INFO(system << ", seed " << seed << ": " << run.result.failure);
    CHECK(test::each_task_once(run));
    CHECK(run.result.makespan >= work.critical_path);
    CHECK(run.result.makespan >= work.total / threads);
  }
}

const char kPersist[] = "{dask-1000: {gather_results: false}}";  // results stay with the workers

TEST_CASE("on Dask a chain stays on one worker and moves no bytes") {
  const auto run = run_policy(dag_from_text("a -> b; b -> c; c -> d; x; y; z"), kPersist);
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.read == Bytes(0));
}

TEST_CASE("a Dask task runs where most of its input is, and the rest moves once") {
  DagTextOptions options;
  options.object_sizes = {{"a", Bytes(1'000'000)}, {"b", Bytes(3'000'000)}};
  const auto run = run_policy(dag_from_text("a -> c; b -> c", options), kPersist);
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.read == Bytes(1'000'000));
}

TEST_CASE("a persisted input is read where it lies") {
  DagTextOptions options;
  options.input_size = Bytes(50'000'000);
  const auto run = run_policy(dag_from_text("a; b; c; d", options), kPersist);
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.read == Bytes(0));
}

TEST_CASE("Dask's scheduler hands tasks out to one worker after another") {
  // Four workers get a message each, one worker gets one for all four.
  const auto dag = dag_from_text("a; b; c; d");
  const auto longer = [&](const std::string& cluster) {
    const auto seconds = [&](const std::string& send) {
      return run_policy(dag, "{dask-1000: {" + cluster + ", send_time_us: " + send + "}}")
          .result.makespan.to_seconds();
    };
    return seconds("50000") - seconds("0");
  };
  CHECK(longer("machines: 125") == Approx(4 * 0.05).margin(0.01));
  CHECK(longer("machines: 1, workers_per_machine: 1, worker_threads: 4") ==
        Approx(0.05).margin(0.01));
}

TEST_CASE("Dask's client fetches every result through the scheduler's event loop") {
  // Four results of 90 MB at 450 MB/s take 0.8 s, wherever they come from.
  DagTextOptions options;
  options.object_size = Bytes(90'000'000);
  const auto dag = dag_from_text("a; b; c; d", options);
  const std::string cluster =
      "{dask-1000: {communication_mb_per_s: 450, message_latency_us: 0, message_time_us: 0, "
      "client: {machine: r5n.16xlarge, unpickle_mb_per_s: 100000}, gather_results: ";
  const auto kept = run_policy(dag, cluster + "false}}");
  const auto fetched = run_policy(dag, cluster + "true}}");
  CHECK(fetched.result.usage.read - kept.result.usage.read == Bytes(360'000'000));
  const double longer = (fetched.result.makespan - kept.result.makespan).to_seconds();
  CHECK(longer == Approx(0.8).margin(0.005));
}

TEST_CASE("Dask's client gets results at its network's rate once its burst is used up") {
  // 200 MB: the first 100 at 1 GB/s take 0.1 s and leave 90 of the allowance's 90 MB; the rest
  // takes 1 s at 100 MB/s.
  DagTextOptions options;
  options.object_size = Bytes(200'000'000);
  const auto dag = dag_from_text("a", options);
  const auto run = [&](const std::string& client) {
    return run_policy(dag, "{dask-125: {communication_mb_per_s: 1250}}",
                      "{preset: aws-2020, machines: {client: {" + client + "}}}")
        .result.makespan.to_seconds();
  };
  const double fast = run("network_gbit_per_s: 8, network_burst: none");
  const double slow = run("network_gbit_per_s: 0.8, network_burst: none");
  const double burst =
      run("network_gbit_per_s: 0.8, network_burst: {allowance_gb: 0.09, rate_gbit_per_s: 8}");
  CHECK(slow - fast == Approx(2 - 0.2).margin(0.01));
  CHECK(burst - fast == Approx(1.1 - 0.2).margin(0.01));
}

TEST_CASE("Dask's scheduler spends its time on every task, one after another") {
  // Tasks of a graph are assigned before the first message leaves: 500 times 1 ms more.
  const auto dag = dag_from_text(independent_tasks(500));
  const auto fast = run_policy(dag, "{dask-1000: {assign_time_us: 100}}");
  const auto slow = run_policy(dag, "{dask-1000: {assign_time_us: 1100}}");
  const double extra = (slow.result.makespan - fast.result.makespan).to_seconds();
  CHECK(extra == Approx(0.5).margin(0.001));
}

TEST_CASE("Dask bills the machines that its partitions need, and the scheduler's") {
  // 17 leaves on workers of which 8 share a machine: 3 machines, for the time of the run.
  const auto run = run_policy(dag_from_text(independent_tasks(17)), "dask-1000");
  const double hours = run.result.makespan.to_seconds() / 3600;
  const double expected = (3 * 0.68 + 3.808) * hours;
  CHECK(run.result.cost.of(accounting::CostItem::machines).to_usd() == Approx(expected));
  CHECK(run.result.cost.total() == run.result.cost.of(accounting::CostItem::machines));
  const auto all =
      run_policy(dag_from_text(independent_tasks(17)), "{dask-1000: {bill_all_machines: true}}");
  CHECK(all.result.makespan == run.result.makespan);
  CHECK(all.result.cost.total().to_usd() == Approx((125 * 0.68 + 3.808) * hours));
}

TEST_CASE("A few tasks have the whole of Dask's cluster: each a machine's memory bus to itself") {
  dag::DagBuilder builder;
  hosts::TaskCost cost;
  cost.touched = Bytes(50'000'000'000);
  cost.threads = hosts::kEveryThread;
  const auto kind = builder.add_kind("scan", cost);
  for (int i = 0; i < 4; ++i) builder.compute(kind, {}, {});
  const auto dag = builder.build();
  const auto machines = run_policy(dag, "dask-1000");
  const auto machine = run_policy(dag, "{dask-1000: {machines: 1}}");
  const double alone = machines.result.makespan.to_seconds();
  const double together = machine.result.makespan.to_seconds();
  CHECK(together > 3 * alone);
}

TEST_CASE("Dask's CPU time is that of its machines: T (16 x VMs in use + 64)") {
  // SoCC'20 figure 17: a machine for eight partitions, of workers of either size, with 16 vCPUs;
  // the scheduler's machine has 64.
  const auto dag = dag_from_text(independent_tasks(17));
  for (const char* system : {"dask-1000", "dask-125"}) {
    const auto result = run_policy(dag, system).result;
    CHECK(result.cpu_core_s == Approx(result.makespan.to_seconds() * (16 * 3 + 64)));
  }
  const auto by_one = run_policy(dag, "{dask-125: {partitions_per_machine: 1}}").result;
  CHECK(by_one.cpu_core_s == Approx(by_one.makespan.to_seconds() * (16 * 17 + 64)));
}

TEST_CASE("a task that is too large for any function runs on Dask all the same") {
  const auto run_on = [](const std::string& system) {
    const std::string text =
        "platform: aws-2020\n"
        "workload: {tree_reduction: {elements: 4, delay_ms: 3600000}}\n"
        "systems: [" +
        system + "]";
    const experiment::Experiment experiment = experiment::make_experiment(
        parameters::parse_yaml(text, {}), experiment::program_catalog());
    return simulation::run_experiment(experiment, 1).at(0);
  };
  CHECK_THROWS_AS(run_on("wukong"), Error);
  const run::RunResult result = run_on("dask-1000");
  CHECK(result.completed);
  CHECK(result.makespan > Duration::seconds(2 * 3600));  // two levels
}

TEST_CASE("QRs of one Dask worker wait for the interpreter's lock, other kernels do not") {
  const auto seconds = [](hosts::Kernel kernel, int machines) {
    dag::DagBuilder builder;
    hosts::TaskCost cost;
    cost.kernel = kernel;
    cost.sleep = 100_ms;
    const auto kind = builder.add_kind("work", cost);
    for (int i = 0; i < 8; ++i) builder.compute(kind, {}, {});
    const std::string system = "{dask-125: {machines: " + std::to_string(machines) + "}}";
    return run_policy(builder.build(), system).result.makespan.to_seconds();
  };
  const double one_round = seconds(hosts::Kernel::svd, 1);
  CHECK(seconds(hosts::Kernel::qr, 1) - one_round == Approx(0.7).margin(0.02));
  CHECK(seconds(hosts::Kernel::qr, 2) - one_round == Approx(0.3).margin(0.02));
}

TEST_CASE("products on the workers of one machine share all of its cores") {
  dag::DagBuilder builder;
  hosts::TaskCost cost;
  cost.kernel = hosts::Kernel::gemm;
  cost.flops = 1e13;
  cost.threads = hosts::kEveryThread;
  const auto kind = builder.add_kind("gemm", cost);
  for (int i = 0; i < 8; ++i) builder.compute(kind, {}, {});
  const auto dag = builder.build();
  const auto together = run_policy(dag, "{dask-1000: {machines: 1}}");
  const auto apart = run_policy(dag, "{dask-1000: {workers_per_machine: 1}}");
  const double ratio = together.result.makespan.to_seconds() / apart.result.makespan.to_seconds();
  CHECK(ratio == Approx(8).epsilon(0.05));
}

TEST_CASE("idle Dask workers steal from one that holds what all tasks read") {
  std::string text = "x; y; z";
  for (int i = 0; i < 40; ++i) text += "; a -> b" + std::to_string(i);
  DagTextOptions options;
  options.duration = Duration::seconds(1);
  const auto dag = dag_from_text(text, options);
  const auto alone = run_policy(dag, "{dask-laptop: {stealing: {enabled: false}}}");
  const auto shared = run_policy(dag, "dask-laptop");
  CHECK(test::each_task_once(alone));
  CHECK(test::each_task_once(shared));
  CHECK(alone.result.makespan >= Duration::seconds(41));  // one thread
  CHECK(shared.result.makespan < Duration::seconds(20));  // four
}

TEST_CASE("a Dask worker turns requests away when it serves enough of them") {
  linear_algebra::GemmParameters parameters;
  parameters.n = 8000;
  parameters.block = 1000;
  const auto dag = linear_algebra::make_gemm(parameters, dag::DagForm::dask);
  const auto open = run_policy(dag, "{dask-1000: {incoming_requests: 100}}");
  const auto busy = run_policy(dag, "{dask-1000: {incoming_requests: 1}}");
  CHECK(test::each_task_once(open));
  CHECK(test::each_task_once(busy));
  CHECK(open.result.usage.read == busy.result.usage.read);
  CHECK(busy.result.makespan > open.result.makespan);
}

TEST_CASE("a Dask worker spills what it cannot keep in memory, and goes on") {
  // Six results of 200 MB on one worker that keeps 600 MB in memory. It writes three of them, and
  // does nothing else meanwhile: 0.1 s each to the page cache at 2 GB/s, and without one 0.5 s more
  // to the disk at 400 MB/s.
  DagTextOptions options;
  options.object_size = Bytes(200'000'000);
  const auto dag = dag_from_text("a; b; c; d; e; f", options);
  const std::string cluster = "{dask-laptop: {workers_per_machine: 1, gather_results: false, ";
  const auto roomy = run_policy(dag, cluster + "memory: {limit_gb: 8}}}");
  const auto cached = run_policy(dag, cluster + "memory: {limit_gb: 1}}}");
  const auto tight = run_policy(dag, cluster + "disk_cache_gb: 0, memory: {limit_gb: 1}}}");
  CHECK(test::each_task_once(roomy));
  CHECK(test::each_task_once(cached));
  CHECK(test::each_task_once(tight));
  CHECK((cached.result.makespan - roomy.result.makespan).to_seconds() == Approx(0.3).margin(0.05));
  CHECK((tight.result.makespan - roomy.result.makespan).to_seconds() == Approx(1.8).margin(0.1));
}

// Leaves a, b, y and x on three workers: a and x on the first one. There, e starts to fetch b while
// x runs: 150 + 300 + 450 + 200 MB exceed 95 % of 1 GB. After that, a runs on the second and x on
// the third worker.
dag::Dag deadly_dag() {
  DagTextOptions options;
  options.object_sizes = {
      {"a", Bytes(300'000'000)}, {"b", Bytes(200'000'000)}, {"x", Bytes(450'000'000)}};
  options.durations = {{"x", Duration::seconds(2)}};
  return dag_from_text("a -> e; b -> e; y; x", options);
}
const char* const kThreeWorkers =
    "{dask-laptop: {workers_per_machine: 3, worker_threads: 2, memory: {limit_gb: 1}}}";

TEST_CASE("when a Dask worker dies, what it held is computed again and its tasks run elsewhere") {
  const auto dag = deadly_dag();
  const auto run = run_policy(dag, kThreeWorkers);
  INFO(run.result.failure);
  REQUIRE(run.result.completed);
  const auto executions = [&](const char* name) {
    return run.executions[task_named(dag, name).index()];
  };
  CHECK(executions("a") == 2);
  CHECK(executions("b") == 1);
  CHECK(executions("e") == 1);
  CHECK(executions("x") == 1);  // its first run was cut short
  CHECK(run.result.executed == 5 + 2);
}

TEST_CASE("a Dask run fails when more workers of a task have died than are allowed") {
  // No worker has room for four inputs of 400 MB.
  DagTextOptions options;
  options.object_size = Bytes(400'000'000);
  const auto dag = dag_from_text("a -> e; b -> e; c -> e; d -> e", options);
  const auto run = run_policy(dag, "{dask-laptop: {memory: {limit_gb: 1}}}");
  CHECK(!run.result.completed);
  CHECK(!run.result.deadlocked);
  INFO(run.result.failure);
  CHECK(run.result.failure.find(": 4 workers") != std::string::npos);
  const auto strict =
      run_policy(dag, "{dask-laptop: {allowed_failures: 2, memory: {limit_gb: 1}}}");
  CHECK(strict.result.failure.find(": 3 workers") != std::string::npos);
  const auto roomy = run_policy(dag, "{dask-laptop: {memory: {limit_gb: 8}}}");
  CHECK(test::each_task_once(roomy));
}

TEST_CASE("the loss of a persisted input ends a Dask run with that reason") {
  dag::DagBuilder builder;
  const auto kind = builder.add_kind("join", {});
  std::vector<ObjectId> inputs;
  for (int i = 0; i < 4; ++i)
    inputs.push_back(builder.add_input({Bytes(400'000'000), Bytes(400'000'000)}));
  builder.compute(kind, inputs, {});
  const auto dag = builder.build();
  const auto run = run_policy(dag, "{dask-laptop: {memory: {limit_gb: 1}}}");
  CHECK(run.result.failure.find("persisted input") != std::string::npos);
}

TEST_CASE("SVD2 of 50k fits into five machines' Dask; a laptop's writes blocks to disk") {
  linear_algebra::Svd2Parameters parameters;
  parameters.n = 50'000;  // 100 blocks of 200 MB
  const auto dag = linear_algebra::make_svd2(parameters);
  const auto laptop = run_policy(dag, "dask-laptop");
  const auto machines = run_policy(dag, "dask-pdsw19");
  CHECK(test::each_task_once(machines));
  REQUIRE(laptop.result.completed);
  // 20 GB less the 60 % of 8 GB that may stay, at 400 MB/s.
  CHECK(laptop.result.makespan.to_seconds() > (20 - 0.6 * 8) / 0.4);
}

TEST_CASE("a Dask worker that is paused before it holds anything is refused") {
  const auto dag = dag_from_text("a");
  CHECK_THROWS_AS(run_policy(dag, "{dask-laptop: {memory: {limit_gb: 0.2}}}"), Error);
}

TEST_CASE("Dask does the same again with the same seed") {
  const auto dag = dag_of_seed(3);
  for (const char* const system : {"dask-1000", "dask-laptop"}) {
    const auto first = run_policy(dag, system);
    const auto second = run_policy(dag, system);
    CHECK(first.result.trace_hash == second.result.trace_hash);
    CHECK(first.result.makespan == second.result.makespan);
  }
  const auto deadly = run_policy(deadly_dag(), kThreeWorkers);
  CHECK(deadly.result.trace_hash == run_policy(deadly_dag(), kThreeWorkers).result.trace_hash);
}

TEST_CASE("a tree reduction on Dask takes its levels and the scheduler's time") {
  // 10 levels of 500 ms; 1023 tasks at 0.4 ms, most of them under the delays.
  generators::TreeReductionParameters parameters;
  parameters.elements = 1024;
  parameters.delay = 500_ms;
  const auto run =
      run_policy(generators::make_tree_reduction(parameters, dag::DagForm::dask), "dask-125");
  CHECK(run.result.makespan.to_seconds() == Approx(5.35).epsilon(0.05));
}

}  // namespace
}  // namespace wukong

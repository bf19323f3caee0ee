#include <algorithm>
#include <string>

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"
#include "workloads/generators/noop.h"

namespace wukong {
namespace {

using accounting::Operation;
using engine::TraceKind;
using test::dag_from_text;
using test::DagTextOptions;
using test::run_policy;

TEST_CASE("a linear chain runs in one executor, which stores each output once and reads none") {
  const auto run = run_policy(dag_from_text("a -> b; b -> c; c -> d"), "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 1);
  CHECK(run.result.usage.read == Bytes(0));
  CHECK(run.result.usage.written == Bytes(4 * 1000));
  CHECK(test::operations(run, Operation::counter_read) == 3);
  CHECK(test::operations(run, Operation::counter_increment) == 0);
}

TEST_CASE("the metadata's machine is billed if one says so, and is used either way") {
  // Of the scheduler's type: two cost twice as much as one, and have twice the vCPUs.
  const auto dag = dag_from_text("a -> c; b -> c");
  const auto one = run_policy(dag, "wukong").result;
  const auto both = run_policy(dag, "{wukong: {bill_metadata_machine: true}}").result;
  CHECK(both.makespan == one.makespan);
  const double price = one.cost.of(accounting::CostItem::machines).to_usd();
  CHECK(price > 0);
  CHECK(both.cost.of(accounting::CostItem::machines).to_usd() == Approx(2 * price));
  CHECK(both.cpu_core_s > 1.5 * one.cpu_core_s);
}

TEST_CASE("a fan-in runs its successor exactly once, in the executor that arrives last") {
  const auto run = run_policy(dag_from_text("a -> c; b -> c"), "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 2);
  // Both store their objects; the last one has its own in memory and reads the other.
  CHECK(run.result.usage.read == Bytes(1000));
  CHECK(run.result.usage.written == Bytes(3000));  // and the result
}

TEST_CASE(
    "at a fan-out an executor becomes one target and invokes the others with their argument") {
  const auto run = run_policy(dag_from_text("a -> b; a -> c; a -> d"), "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 3);
  CHECK(run.result.usage.read == Bytes(0));  // the argument travels in the payload
  CHECK(run.result.usage.written == Bytes(4 * 1000));
}

TEST_CASE("an argument that is too large for the payload goes through the object store") {
  DagTextOptions options;
  options.object_size = Bytes(300'000);
  const auto run = run_policy(dag_from_text("a -> b; a -> c", options), "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.read == Bytes(300'000));
  CHECK(run.result.usage.written == Bytes(3 * 300'000));
}

TEST_CASE("a fan-out at the proxy's threshold is invoked by the proxy") {
  std::string text;
  for (int i = 0; i < 12; ++i) text += "a -> b" + std::to_string(i) + ";";
  const auto dag = dag_from_text(text);
  const std::string warm = "{preset: aws-2020, functions: {warm_pool: {prewarmed: 100}}}";
  const auto by_proxy = run_policy(dag, "{wukong: {proxy_threshold: 12}}", warm);
  const auto by_executor = run_policy(dag, "{wukong: {proxy_threshold: 13}}", warm);
  CHECK(test::each_task_once(by_proxy));
  CHECK(test::each_task_once(by_executor));
  CHECK(test::operations(by_proxy, Operation::publish) == 12 + 1);
  CHECK(test::operations(by_executor, Operation::publish) == 12);
  // Eleven calls of 50 ms: one after another, or shared by eight invokers.
  CHECK(by_proxy.result.makespan + Duration::milliseconds(300) < by_executor.result.makespan);
}

// Two sources of a large object each: b reads it at once, c waits for the slow s as well.
const char* const kHeldObject = "big -> b; big -> c; s -> t; t -> c";

DagTextOptions held_object_options() {
  DagTextOptions options;
  options.object_sizes["big"] = Bytes(250'000'000);
  options.durations["s"] = Duration::seconds(6);
  return options;
}

TEST_CASE("task clustering and delayed I/O keep a large object where it is") {
  const auto dag = dag_from_text(kHeldObject, held_object_options());
  const auto run = run_policy(dag, "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.written < Bytes(1'000'000));
  CHECK(run.result.usage.read < Bytes(1'000'000));
}

TEST_CASE("an object is large from the threshold on") {
  auto options = held_object_options();
  for (const auto& [size, stays] : {std::pair{200'000'000, true}, std::pair{199'999'999, false}}) {
    options.object_sizes["big"] = Bytes(size);
    const auto run = run_policy(dag_from_text(kHeldObject, options), "wukong");
    CHECK((run.result.usage.written < Bytes(1'000'000)) == stays);
  }
}

TEST_CASE("without delayed I/O a large object is stored for the fan-in that waits") {
  const auto dag = dag_from_text(kHeldObject, held_object_options());
  const auto run = run_policy(dag, "{wukong: {delayed_io: false}}");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.written > Bytes(250'000'000));
  CHECK(run.result.usage.written < Bytes(251'000'000));
}

// Warm functions, and times that do not vary.
constexpr const char* kSteady =
    "{preset: aws-2020, functions: {warm_pool: {prewarmed: 100}, invocation: {overhead_sigma: 0, "
    "start_latency_sigma: 0}}, redis: {round_trip_sigma: 0}}";

TEST_CASE("a container opens one connection to each node of the store that it uses, and keeps it") {
  const auto cost = [](const std::string& edges, const std::string& store,
                       const std::string& connected = "false") {
    const auto time = [&](const std::string& exchanges) {
      const std::string options = "store: " + store + ", connection_round_trips: " + exchanges +
                                  ", warm_containers_are_connected: " + connected;
      return run_policy(dag_from_text(edges), "{wukong: {" + options + "}}", kSteady)
          .result.makespan;
    };
    return time("1") - time("0");
  };
  // A chain stores one object. The last of four stores and reads three objects. Results go to
  // another Redis.
  const Duration one = cost("a -> b", "redis-75");
  const std::string fan_in = "a -> e; b -> e; c -> e; d -> e";
  CHECK(one > Duration::zero());
  CHECK(cost(fan_in, "redis-1") == one);
  CHECK(cost(fan_in, "redis-75") >= one * 2);
  CHECK(cost(fan_in, "redis-75", "true") == Duration::zero());
}

TEST_CASE("delayed I/O gives up, stores the object, and the other side goes on") {
  auto options = held_object_options();
  options.durations["s"] = Duration::seconds(60);
  const auto dag = dag_from_text(kHeldObject, options);
  // Waits of 1 s and 2 s, then gives up.
  const auto run = run_policy(dag, "{wukong: {delayed_io_tries: 2, delayed_io_step_s: 1}}");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.written > Bytes(250'000'000));
  CHECK(run.result.usage.read == Bytes(250'000'000));
}

TEST_CASE("delayed I/O waits one step more before each try, and gives up after the last") {
  auto options = held_object_options();
  options.durations["s"] = Duration::seconds(60);
  const auto dag = dag_from_text(kHeldObject, options);
  const ObjectId big = dag.outputs(test::task_named(dag, "big")).front();
  const auto stored_at = [&](int tries) {
    const auto run = run_policy(
        dag, "{wukong: {delayed_io_step_s: 1, delayed_io_tries: " + std::to_string(tries) + "}}");
    for (const auto& record : run.records)
      if (record.kind == TraceKind::object_written && record.subject == big.value())
        return record.time.since_start().to_seconds();
    return 0.0;
  };
  // Of n tries: 1 + 2 + ... + n seconds.
  CHECK(stored_at(3) - stored_at(2) == Approx(3).margin(0.1));
  CHECK(stored_at(5) - stored_at(3) == Approx(4 + 5).margin(0.1));
}

TEST_CASE("two executors that each hold a large input of one task do not wait for each other") {
  DagTextOptions options;
  options.object_sizes["x"] = options.object_sizes["y"] = Bytes(250'000'000);
  const auto run = run_policy(dag_from_text("x -> z; y -> z", options), "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.makespan < Duration::seconds(15));  // far from the 171.5 s of the give-up rule
}

TEST_CASE("bit counters and integer counters agree where nothing fails") {
  const auto dag = dag_from_text("a -> d; b -> d; c -> d; d -> e; d -> f; e -> g; f -> g");
  for (const char* bits : {"false", "true"}) {
    const auto run = run_policy(dag, std::string("{wukong: {bit_counters: ") + bits + "}}");
    CHECK(test::each_task_once(run));
  }
}

TEST_CASE("above the threshold leaves are invoked by invoker functions") {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "l" + std::to_string(i) + ";";
  const auto dag = dag_from_text(text);
  const auto run =
      run_policy(dag, "{wukong: {invoker_function_threshold: 10, invoker_function_batch: 8}}");
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 20 + 3);  // 8 + 8 + 4
}

double noop_seconds(int64_t tasks, int64_t lambdas, int64_t delay_ms, const std::string& system) {
  generators::NoopParameters parameters;
  parameters.tasks = tasks;
  parameters.lambdas = lambdas;
  parameters.delay = Duration::milliseconds(delay_ms);
  const auto run = run_policy(generators::make_noop(parameters), system,
                              "{preset: aws-2020, functions: {account_concurrency: 5000, "
                              "warm_pool: {prewarmed: 10000}}}");
  CHECK(test::each_task_once(run));
  return run.result.makespan.to_seconds();
}

TEST_CASE("a Redis thread that is a little slower makes a crowd of readers a little slower",
          "[wukong]") {
  // 512 executors read 8.4 MB each from one Redis.
  const auto seconds = [](int mb_per_s) {
    const experiment::Experiment experiment = experiment::make_experiment(
        parameters::parse_yaml("platform: {preset: socc20, redis: {large_bandwidth_mb_per_s: " +
                                   std::to_string(mb_per_s) +
                                   "}}\nworkload: {tsqr: {rows: 4194304, columns: 128}}\n"
                                   "systems: [{wukong: {store: redis-1}}]",
                               {}),
        experiment::program_catalog());
    return simulation::run_experiment(experiment, 1).at(0).makespan.to_seconds();
  };
  const double before = seconds(1000);
  CHECK(seconds(970) > before);
  CHECK(seconds(970) < 1.05 * before);
}

TEST_CASE("an invocation tree's two levels are equally long where no batch is given") {
  // 64 leaves, 4 processes: batches of sqrt(64 / 4) = 4, so 4 calls of 50 ms on each level.
  std::string text;
  for (int i = 0; i < 64; ++i) text += "l" + std::to_string(i) + ";";
  const auto run = run_policy(
      dag_from_text(text),
      "{wukong: {invokers: 3, invoker_function_threshold: 10, invoker_function_batch: none, "
      "submit_time_ms: 0, task_overhead_ms: 0, serialize_time_ms: 0}}",
      "{preset: aws-2020, functions: {warm_pool: {prewarmed: 100}, invocation: {overhead_sigma: "
      "0}}, "
      "redis: {round_trip_us: 300, client: {request_time_us: 0}}}");
  CHECK(test::each_task_once(run));
  CHECK(run.result.invocations == 64 + 16);
  // 8 calls, two starts, a task of 100 ms.
  CHECK(run.result.makespan.to_seconds() == Approx(8 * 0.05 + 0.1).margin(0.05));
}

TEST_CASE(
    "Wukong's scaling by an invocation tree is that of SoCC'20 figures 2 and 21 within 20 %") {
  CHECK(noop_seconds(1000, 1000, 0, "wukong-tree") == Approx(0.89).epsilon(0.15));
  CHECK(noop_seconds(10'000, 10'000, 0, "wukong-tree") == Approx(2.39).epsilon(0.2));
  CHECK(noop_seconds(10'000, 250, 500, "wukong-tree") == Approx(20.92).epsilon(0.15));
  CHECK(noop_seconds(10'000, 500, 500, "wukong-tree") == Approx(11.68).epsilon(0.15));
  CHECK(noop_seconds(10'000, 1000, 500, "wukong-tree") == Approx(6.46).epsilon(0.15));
}

TEST_CASE("without arguments in payloads an invoked executor reads its input from the store") {
  const auto run =
      run_policy(dag_from_text("a -> b; a -> c; a -> d"), "{wukong: {inline_arguments: false}}");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.read == Bytes(2 * 1000));
  CHECK(run.result.usage.written == Bytes(4 * 1000));
}

TEST_CASE("an executor's memory bounds what it holds") {
  // Three large objects held for c, of which two fit into 3008 MB.
  DagTextOptions options;
  for (const char* name : {"x", "y", "w"}) options.object_sizes[name] = Bytes(1'200'000'000);
  options.durations["s"] = Duration::seconds(5);
  const auto dag = dag_from_text("a -> x; x -> y; y -> w; x -> c; w -> d; s -> c", options);
  const auto run = run_policy(dag, "wukong");
  CHECK(test::each_task_once(run));
  CHECK(run.result.usage.written >= Bytes(1'200'000'000));
}

TEST_CASE("a schedule that does not fit into the payload is fetched from the metadata store") {
  const auto dag = dag_from_text("a -> b; b -> c");
  const auto inline_schedule = run_policy(dag, "wukong");
  const auto fetched = run_policy(dag, "{wukong: {schedule_node_bytes: 200000}}");
  CHECK(test::each_task_once(fetched));
  CHECK(test::operations(fetched, Operation::metadata_request) ==
        test::operations(inline_schedule, Operation::metadata_request) + 1);
}

TEST_CASE("an executor that another one invokes fetches its path, a leaf's has it in its payload") {
  const auto chain = run_policy(dag_from_text("a -> b; b -> c"), "wukong");
  const auto fork = run_policy(dag_from_text("a -> b; a -> c"), "wukong");
  // One more executor: its path, and its metrics.
  CHECK(test::operations(fork, Operation::metadata_request) ==
        test::operations(chain, Operation::metadata_request) - 1 + 1 + 3);
}

TEST_CASE("an executor goes on with what it finds ready first, also if it is not its first") {
  // Whichever of b and c is a's first, only c is ready.
  DagTextOptions options;
  options.durations["s"] = Duration::seconds(5);
  const auto dag = dag_from_text("a -> b; a -> c; s -> b", options);
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const auto any = run_policy(dag, test::make_policy("wukong"), seed);
    CHECK(any.result.invocations == 2);
  }
  // As at PDSW'19 it ends where its first is not ready, and invokes what is.
  bool ended = false;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const auto first = run_policy(dag, test::make_policy("wukong-pdsw19"), seed);
    CHECK(test::each_task_once(first));
    ended = ended || first.result.invocations == 3;
  }
  CHECK(ended);
}

TEST_CASE("the client gets all results from the metadata store, through its own network") {
  DagTextOptions options;
  options.object_size = Bytes(100'000'000);
  const auto dag = dag_from_text("a; b", options);
  const auto seconds = [&](const std::string& gather) {
    const std::string system = "{wukong: {gather_results: " + gather +
                               ", client: {machine: client, unpickle_mb_per_s: 400}}}";
    const std::string platform =
        "{preset: aws-2020, machines: {client: {network_gbit_per_s: 0.8, network_burst: none}}}";
    return run_policy(dag, system, platform).result.makespan.to_seconds();
  };
  // 200 MB at 100 MB/s, and at 400 MB/s.
  CHECK(seconds("true") - seconds("false") == Approx(2 + 0.5).margin(0.02));
}

TEST_CASE("an initial object without bytes is not looked for") {
  DagTextOptions options;
  options.input_size = Bytes(0);
  const auto run = run_policy(dag_from_text("a -> b", options), "wukong");
  CHECK(test::each_task_once(run));
  CHECK(test::operations(run, Operation::object_get) == 0);
}

TEST_CASE("no task starts before its inputs exist") {
  const auto dag = dag_from_text("a -> c; b -> c; c -> d; c -> e; d -> f; e -> f; b -> f");
  const auto run = run_policy(dag, "wukong");
  std::vector<bool> finished(dag.task_count());
  for (const auto& record : run.records) {
    if (record.kind == TraceKind::task_started)
      for (const TaskId predecessor : dag.predecessors(TaskId(record.subject)))
        CHECK(finished[predecessor.index()]);
    if (record.kind == TraceKind::task_finished) finished[record.subject] = true;
  }
}

}  // namespace
}  // namespace wukong

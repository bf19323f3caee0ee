// What an executor decides, without an engine.
#include "scheduler/wukong/decisions/decisions.h"
#include "scheduler/wukong/decisions/alternative.h"

#include <vector>

#include "scheduler/policy/edge_positions.h"
#include "scheduler/wukong/client.h"
#include "scheduler/wukong/decisions/output_sizes.h"
#include "scheduler/wukong/invocation.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/dag/dag_builder.h"

namespace wukong {
namespace {

using test::dag_from_text;
using test::DagTextOptions;
using test::task_named;
using wukong_decisions::OutEdges;
using wukong_decisions::Target;
using wukong_decisions::WukongOptions;

WukongOptions all_on() {
  WukongOptions options;
  options.clustering_fan_out = options.clustering_fan_in = options.delayed_io = true;
  options.proxy_threshold = 10;
  return options;
}

TEST_CASE("a task's out-edges are clustered if its object is large, else proxied if they are many",
          "[wukong]") {
  WukongOptions options = all_on();
  CHECK(wukong_decisions::out_edges(0, true, options) == OutEdges::none);
  CHECK(wukong_decisions::out_edges(1, true, options) == OutEdges::cluster);
  CHECK(wukong_decisions::out_edges(100, true, options) == OutEdges::cluster);
  CHECK(wukong_decisions::out_edges(9, false, options) == OutEdges::fan_out);
  CHECK(wukong_decisions::out_edges(10, false, options) == OutEdges::through_proxy);
  options.clustering_fan_out = false;
  CHECK(wukong_decisions::out_edges(1, true, options) == OutEdges::fan_out);
  CHECK(wukong_decisions::out_edges(10, true, options) == OutEdges::through_proxy);
}

TEST_CASE("at a fan-out the first ready target becomes, the others are invoked", "[wukong]") {
  const WukongOptions options = all_on();
  CHECK(fan_out_target({.ready = true}, options) == Target::run_here);
  CHECK(fan_out_target({.ready = true, .have_become = true}, options) == Target::invoke);
  CHECK(fan_out_target({.ready = false}, options) == Target::leave_alone);
  CHECK(fan_out_target({.ready = true, .ends_in_time = false}, options) == Target::invoke);
}

TEST_CASE("with the first successor only, what else is ready is invoked", "[wukong]") {
  WukongOptions options = all_on();
  options.become_first_only = true;
  CHECK(fan_out_target({.ready = true, .first = true}, options) == Target::run_here);
  CHECK(fan_out_target({.ready = true}, options) == Target::invoke);
  CHECK(fan_out_target({.ready = false, .first = true}, options) == Target::leave_alone);
}

TEST_CASE("who has stored a large object for a target goes on there only if clustering says so",
          "[wukong]") {
  WukongOptions options = all_on();
  options.clustering_fan_in = false;
  CHECK(clustered_target_after_sending(true, true, options) == Target::invoke);
}

TEST_CASE("a large object's targets run where it is, wait for others, or are sent it", "[wukong]") {
  WukongOptions options = all_on();
  CHECK(clustered_target({.ready = true}, options) == Target::run_here);
  CHECK(clustered_target({.ready = true, .ends_in_time = false}, options) == Target::invoke);
  CHECK(clustered_target({.ready = false}, options) == Target::delay);
  CHECK(clustered_target({.ready = false, .another_large = true}, options) == Target::send);
  CHECK(clustered_target_after_sending(true, true, options) == Target::run_here);
  CHECK(clustered_target_after_sending(true, false, options) == Target::invoke);
  CHECK(clustered_target_after_sending(false, true, options) == Target::leave_alone);
  options.delayed_io = false;
  CHECK(clustered_target({.ready = false}, options) == Target::send);
}

TEST_CASE("a delayed fan-in is looked at ever later, up to a longest wait", "[wukong]") {
  WukongOptions options;
  options.delayed_io_step = Duration::milliseconds(1500);
  options.delayed_io_longest = Duration::seconds(10);
  CHECK(wukong_decisions::delayed_wait(1, options) == Duration::milliseconds(1500));
  CHECK(wukong_decisions::delayed_wait(6, options) == Duration::seconds(9));
  CHECK(wukong_decisions::delayed_wait(7, options) == Duration::seconds(10));
}

TEST_CASE("a task is expected to take its time on the host, and that of what it moves",
          "[wukong]") {
  WukongOptions options;
  options.task_overhead = Duration::milliseconds(5);
  options.serialize_time = Duration::milliseconds(3);
  hosts::Host host;
  host.vcpus = 2;
  const hosts::TaskCost cost{.threads = 16, .recorded = Duration::seconds(3)};
  // 3 s x 16 / 2.
  const Duration expected =
      expected_time(cost, host, hosts::ComputeSpec(), Duration::milliseconds(1100), options);
  CHECK(expected == Duration::milliseconds(5 + 24'000 + 3 + 1100));
}

TEST_CASE("a task waits for another large object if a predecessor besides this one has one",
          "[wukong]") {
  DagTextOptions sizes;
  sizes.object_sizes = {{"x", Bytes(200)}, {"y", Bytes(200)}, {"z", Bytes(199)}};
  const auto dag = dag_from_text("x -> c; y -> c; z -> c; x -> d; z -> d", sizes);
  const wukong_decisions::OutputSizes outputs(dag, Bytes(200));
  const TaskId x = task_named(dag, "x");
  const TaskId z = task_named(dag, "z");
  CHECK(outputs.of(x) == Bytes(200));
  CHECK(outputs.large(x));
  CHECK_FALSE(outputs.large(z));
  CHECK(outputs.another_large(x, task_named(dag, "c")));
  CHECK_FALSE(outputs.another_large(x, task_named(dag, "d")));
  CHECK(outputs.another_large(z, task_named(dag, "d")));
}

TEST_CASE("each task knows its position among its successor's predecessors") {
  const auto dag = dag_from_text("a -> d; c -> d; b -> d; c -> e; a -> e; d -> f; a -> f; e -> f");
  const scheduler::EdgePositions positions(dag);
  for (const TaskId successor : dag.tasks()) {
    uint32_t position = 0;
    for (const TaskId task : dag.predecessors(successor))
      CHECK(positions.of(task, successor) == position++);
  }
}

TEST_CASE("a payload carries what its executor may read before it asks the store", "[wukong]") {
  // `a` puts out an object each for b, c and d; d, which c leads to, reads one of them as well.
  dag::DagBuilder builder;
  const ObjectSize size{Bytes(10), Bytes(10)};
  const TaskId a = builder.add_task(builder.add_kind("a", {}), {}, std::vector(3, size));
  std::vector<ObjectId> outputs;
  for (const ObjectId object : builder.outputs(a)) outputs.push_back(object);
  const auto read = [&](const char* name, const std::vector<ObjectId>& inputs) {
    return builder.add_task(builder.add_kind(name, {}), inputs, std::vector{size});
  };
  const TaskId b = read("b", {outputs[0]});
  const TaskId c = read("c", {outputs[1]});
  ObjectId of_c;
  for (const ObjectId object : builder.outputs(c)) of_c = object;
  read("d", {outputs[2], of_c});
  const auto dag = builder.build();
  CHECK(wukong_policy::carried_objects(dag, a, b) == std::vector{outputs[0]});
  CHECK(wukong_policy::carried_objects(dag, a, c) == std::vector{outputs[1], outputs[2]});
}

TEST_CASE("an invoker function gets leaves only where there are more than the threshold",
          "[wukong]") {
  WukongOptions options;
  options.invokers = 3;
  options.invoker_function_threshold = 64;
  options.invoker_function_batch = 50;
  CHECK(wukong_policy::leaves_per_request(64, options) == 1);
  CHECK(wukong_policy::leaves_per_request(65, options) == 50);
  options.invoker_function_batch.reset();
  CHECK(wukong_policy::leaves_per_request(400, options) == 10);  // the root of 400 / 4
}

TEST_CASE("a larger threshold is tried against tasks in a row, a smaller one against transfers",
          "[wukong]") {
  WukongOptions options;
  options.large_object_threshold = Bytes(200'000'000);
  const auto tried = [&](scheduler::TimeSink sink) {
    const auto other = wukong_decisions::alternative_of_wukong(options, sink);
    REQUIRE(other);
    CHECK(other->before == 200);
    const auto& changed = dynamic_cast<const WukongOptions&>(*other->options);
    CHECK(other->after ==
          Approx(static_cast<double>(changed.large_object_threshold.count()) / 1e6));
    return changed.large_object_threshold;
  };
  CHECK(tried(scheduler::TimeSink::serial_tasks) > options.large_object_threshold);
  CHECK(tried(scheduler::TimeSink::objects) < options.large_object_threshold);
}

}  // namespace
}  // namespace wukong

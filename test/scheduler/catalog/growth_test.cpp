// What a system does grows with its DAG, not with the square of it.
#include <string>
#include <vector>

#include "scheduler/policy/policy.h"
#include "test/catch.h"
#include "test/support/policy_run.h"
#include "test/support/work_done.h"
#include "workloads/dag/dag_builder.h"

namespace wukong {
namespace {

hosts::TaskCost a_tenth_of_a_second() {
  hosts::TaskCost cost;
  cost.sleep = Duration::milliseconds(100);
  return cost;
}

// One task puts out `width` objects, each read by a task of its own.
dag::Dag one_output_each(size_t width, Bytes bytes) {
  dag::DagBuilder builder;
  const ObjectSize size{bytes, bytes};
  const ObjectSize result{Bytes(8), Bytes(8)};
  const TaskId first = builder.add_task(builder.add_kind("first", a_tenth_of_a_second()), {},
                                        std::vector(width, size));
  std::vector<ObjectId> outputs;
  for (const ObjectId object : builder.outputs(first)) outputs.push_back(object);
  const dag::KindId reader = builder.add_kind("reader", a_tenth_of_a_second());
  for (const ObjectId object : outputs)
    builder.add_task(reader, std::vector{object}, std::vector{result});
  return builder.build();
}

// One object for all readers, whose outputs one task reads.
dag::Dag out_and_in(size_t width, Bytes bytes) {
  dag::DagBuilder builder;
  const ObjectSize size{bytes, bytes};
  const ObjectSize small{Bytes(8), Bytes(8)};
  const ObjectId shared =
      builder.compute(builder.add_kind("first", a_tenth_of_a_second()), {}, size);
  const dag::KindId reader = builder.add_kind("reader", a_tenth_of_a_second());
  std::vector<ObjectId> outputs;
  for (size_t i = 0; i < width; ++i)
    outputs.push_back(builder.compute(reader, std::vector{shared}, small));
  builder.compute(builder.add_kind("last", a_tenth_of_a_second()), outputs, small);
  return builder.build();
}

std::vector<std::string> systems_to_grow() {
  std::vector<std::string> systems = test::every_system();
  systems.emplace_back("{wukong: {proxy_threshold: 2}}");
  systems.emplace_back("{wukong: {bit_counters: true, stay_within_time_limit: true}}");
  systems.emplace_back("{wukong: {delayed_io: false, clustering_fan_in: false}}");
  return systems;
}

// Clusters with more cores than a short test has tasks: how many of them work grows in steps.
bool is_wide_cluster(const std::string& system) {
  return system == "dask-125" || system == "dask-1000";
}

template <class MakeDag>
void check_growth(MakeDag make_dag, std::initializer_list<int64_t> sizes) {
  for (const std::string& system : systems_to_grow()) {
    if (is_wide_cluster(system)) continue;
    const test::PolicySetup policy = test::make_policy(system);
    const bool on_machines = policy.system.policy->task_hosts == scheduler::TaskHosts::machines;
    const size_t width = on_machines ? 400 : 40;  // so many that all of its cores work
    for (const int64_t bytes : sizes) {
      if (on_machines && bytes > 1'000'000) continue;  // memory is another matter
      INFO("system: " << system << ", objects of " << bytes << " bytes");
      test::check_at_most_fivefold(test::work_of(make_dag(width, Bytes(bytes)), policy),
                                   test::work_of(make_dag(4 * width, Bytes(bytes)), policy));
    }
  }
}

TEST_CASE("a task with four times the outputs, each read by another, is four times the work",
          "[growth]") {
  // In a payload; through the store; 240 MB together, which is large.
  check_growth(one_output_each, {1, 10'000, 6'000'000});
}

TEST_CASE("four times the readers of an object before one task are four times the work",
          "[growth]") {
  check_growth(out_and_in, {1, 300'000, 250'000'000});
}

}  // namespace
}  // namespace wukong

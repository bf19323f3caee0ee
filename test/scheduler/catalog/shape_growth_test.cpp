// Odd DAGs, four times as large (tasks and edges), are at most five times the work on every system.
#include <string>
#include <vector>

#include "scheduler/policy/policy.h"
#include "test/catch.h"
#include "test/support/policy_run.h"
#include "test/support/work_done.h"
#include "workloads/dag/dag_builder.h"

namespace wukong {
namespace {

using dag::DagBuilder;

struct OddShape {
  const char* name;
  dag::Dag (*make)(size_t width, ObjectSize size);
};

dag::KindId work(DagBuilder& builder, const char* name) {
  hosts::TaskCost cost;
  cost.sleep = Duration::milliseconds(100);
  return builder.add_kind(name, cost);
}

// As many outputs as asked for, of one task.
std::vector<ObjectId> task_of(DagBuilder& builder, dag::KindId kind,
                              const std::vector<ObjectId>& inputs, size_t outputs,
                              ObjectSize size) {
  const TaskId task = builder.add_task(kind, inputs, std::vector(outputs, size));
  std::vector<ObjectId> made;
  for (const ObjectId object : builder.outputs(task)) made.push_back(object);
  return made;
}

std::vector<ObjectId> one_from_each(DagBuilder& builder, size_t tasks, ObjectSize size) {
  const dag::KindId kind = work(builder, "source");
  std::vector<ObjectId> made;
  for (size_t i = 0; i < tasks; ++i) made.push_back(builder.compute(kind, {}, size));
  return made;
}

dag::Dag one_by_n(size_t n, ObjectSize size) {
  DagBuilder builder;
  const std::vector shared{builder.compute(work(builder, "first"), {}, size)};
  const dag::KindId reader = work(builder, "reader");
  for (size_t i = 0; i < n; ++i) builder.compute(reader, shared, size);
  return builder.build();
}

dag::Dag n_by_one(size_t n, ObjectSize size) {
  DagBuilder builder;
  const auto made = one_from_each(builder, n, size);
  builder.compute(work(builder, "last"), made, size);
  return builder.build();
}

dag::Dag n_outputs(size_t n, ObjectSize size) {
  DagBuilder builder;
  const auto made = task_of(builder, work(builder, "first"), {}, n, size);
  const dag::KindId reader = work(builder, "reader");
  for (const ObjectId object : made) builder.compute(reader, std::vector{object}, size);
  return builder.build();
}

dag::Dag n_outputs_to_one(size_t n, ObjectSize size) {
  DagBuilder builder;
  std::vector<ObjectId> made;
  const dag::KindId reader = work(builder, "reader");
  for (const ObjectId object : task_of(builder, work(builder, "first"), {}, n, size))
    made.push_back(builder.compute(reader, std::vector{object}, size));
  builder.compute(work(builder, "last"), made, size);
  return builder.build();
}

dag::Dag n_inputs(size_t n, ObjectSize size) {
  DagBuilder builder;
  const auto made = task_of(builder, work(builder, "first"), {}, n, size);
  builder.compute(work(builder, "last"), made, size);
  return builder.build();
}

dag::Dag chain(size_t n, ObjectSize size) {
  DagBuilder builder;
  const dag::KindId kind = work(builder, "link");
  ObjectId last = builder.compute(kind, {}, size);
  for (size_t i = 1; i < n; ++i) last = builder.compute(kind, std::vector{last}, size);
  return builder.build();
}

// n edges.
dag::Dag bipartite(size_t n, ObjectSize size) {
  DagBuilder builder;
  size_t side = 1;
  while (side * side < n) ++side;
  const auto made = one_from_each(builder, side, size);
  const dag::KindId reader = work(builder, "reader");
  for (size_t i = 0; i < side; ++i) builder.compute(reader, made, size);
  return builder.build();
}

dag::Dag components(size_t n, ObjectSize size) {
  DagBuilder builder;
  const dag::KindId reader = work(builder, "reader");
  for (const ObjectId object : one_from_each(builder, n, size))
    builder.compute(reader, std::vector{object}, size);
  return builder.build();
}

constexpr OddShape kOddShapes[] = {
    {"1 x N", one_by_n},
    {"N x 1", n_by_one},
    {"N outputs, each read by another", n_outputs},
    {"N outputs, each read by another, whose outputs one task reads", n_outputs_to_one},
    {"N outputs that one task reads", n_inputs},
    {"chain", chain},
    {"complete bipartite", bipartite},
    {"N components", components},
};

std::vector<std::string> systems_for_odd_shapes() {
  std::vector<std::string> systems = test::every_system();
  // So that some of the objects here are large.
  systems.emplace_back("{wukong: {large_object_threshold_mb: 5, stay_within_time_limit: true}}");
  return systems;
}

TEST_CASE("an odd DAG of four times the size is at most five times the work on every system",
          "[growth]") {
  for (const std::string& system : systems_for_odd_shapes()) {
    const test::PolicySetup policy = test::make_policy(system);
    const bool on_machines = policy.system.policy->task_hosts == scheduler::TaskHosts::machines;
    // So many that all the workers of a cluster work, and how many do does not grow; and so few
    // that numpywren's lease of the first task does not end before all its children are told.
    const size_t width = on_machines ? 2'500 : 60;
    for (const OddShape& shape : kOddShapes) {
      for (const Bytes bytes : {Bytes(8), Bytes(100'000)}) {
        INFO(system << ", " << shape.name << ", objects of " << bytes.count() << " bytes");
        const ObjectSize size{bytes, bytes};
        test::check_at_most_fivefold(test::work_of(shape.make(width, size), policy),
                                     test::work_of(shape.make(4 * width, size), policy));
      }
    }
  }
}

}  // namespace
}  // namespace wukong

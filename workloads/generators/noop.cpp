#include "workloads/generators/noop.h"

#include <string>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/dag/fuse_linear_chains.h"
#include "workloads/dag/task_limit.h"

namespace wukong::generators {

void NoopParameters::visit(FieldVisitor& v) {
  v.about("Tasks in all chains together").field("tasks", tasks, {1, dag::kMostTasks});
  v.about("Chains, each of which one function can do")
      .field("lambdas", lambdas, {1, dag::kMostTasks});
  v.about("How long each task sleeps").duration("delay_ms", delay, {0, 1e9});
  v.about("What a task returns").bytes("value_bytes", value, {0, 1e12});
  v.about("Each chain is one task").field("fused", fused);
}

dag::Dag make_noop(const NoopParameters& parameters, dag::DagForm) {
  ENSURE(parameters.tasks >= 1 && parameters.lambdas >= 1, parameters.tasks, parameters.lambdas);
  dag::check_task_count("workload.noop.tasks", static_cast<double>(parameters.tasks));
  if (parameters.lambdas > parameters.tasks)
    throw Error(ErrorPlace{"", 0, "workload.noop.lambdas"},
                "at most one per task, " + std::to_string(parameters.tasks),
                std::to_string(parameters.lambdas));
  dag::DagBuilder builder;
  const auto tasks = static_cast<size_t>(parameters.tasks);
  builder.reserve(tasks, tasks, tasks);
  hosts::TaskCost cost;
  cost.sleep = parameters.delay;
  const dag::KindId noop = builder.add_kind("noop", cost);
  const ObjectSize value = dag::as_declared(parameters.value);
  const int64_t length = parameters.tasks / parameters.lambdas;
  const int64_t longer = parameters.tasks % parameters.lambdas;
  for (int64_t chain = 0; chain < parameters.lambdas; ++chain) {
    ObjectId last = builder.compute(noop, {}, value);
    for (int64_t i = 1; i < length + (chain < longer ? 1 : 0); ++i)
      last = builder.compute(noop, {last}, value);
  }
  const dag::Dag chains = builder.build();
  return parameters.fused ? dag::fuse_linear_chains(chains) : chains;
}

}  // namespace wukong::generators

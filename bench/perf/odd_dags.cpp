// Shapes of DAGs at which executors have had quadratic places, and a task that no worker of
// numpywren lives long enough for: time for each task.
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/feasibility.h"
#include "bench/experiment/preset_setup.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag/dag_builder.h"

namespace wukong::perf {
namespace {

constexpr size_t kReaders = 20'000;

dag::KindId tenth_of_a_second(dag::DagBuilder& builder) {
  hosts::TaskCost cost;
  cost.sleep = Duration::milliseconds(100);
  return builder.add_kind("task", cost);
}

// One task with `kReaders` outputs, each read by another task; with `last`, one more reads what
// those put out.
dag::Dag outputs_for_readers(bool last) {
  dag::DagBuilder builder;
  const dag::KindId kind = tenth_of_a_second(builder);
  const ObjectSize size{Bytes(1'000), Bytes(1'000)};
  const TaskId first = builder.add_task(kind, {}, std::vector(kReaders, size));
  std::vector<ObjectId> outputs;
  for (const ObjectId object : builder.outputs(first)) outputs.push_back(object);
  for (ObjectId& object : outputs) object = builder.compute(kind, std::vector{object}, size);
  if (last) builder.compute(kind, outputs, size);
  return builder.build();
}

double seconds_under_wukong(const dag::Dag& dag) {
  const auto platform = experiment::preset_platform("aws-2020");
  const auto system = experiment::preset_system("wukong");
  const Stopwatch stopwatch;
  const run::RunResult result =
      simulation::run_once(platform, system, "odd", dag, simulation::RunOptions());
  ENSURE(result.executed >= kReaders, result.executed);
  return stopwatch.seconds();
}

// To say that it can't be run.
double seconds_until_refused(const dag::Dag& dag) {
  experiment::Experiment experiment;
  experiment.platform = experiment::preset_platform("aws-2020");
  const Stopwatch stopwatch;
  bool refused = false;
  try {
    experiment::check_feasible(experiment, experiment::preset_system("numpywren"), dag);
  } catch (const Error&) {
    refused = true;
  }
  ENSURE(refused);
  return stopwatch.seconds();
}

}  // namespace

void benchmark_odd_dags(Harness& harness) {
  const dag::Dag open = outputs_for_readers(false);
  const dag::Dag closed = outputs_for_readers(true);
  harness.measure("20,000 outputs, each read by a task, under Wukong, per task", open.task_count(),
                  [&] { return seconds_under_wukong(open); });
  harness.measure("the same, and one task reads what those put out, per task", closed.task_count(),
                  [&] { return seconds_under_wukong(closed); });
  harness.measure("the same, refused by numpywren before the run, per task", closed.task_count(),
                  [&] { return seconds_until_refused(closed); });
}

}  // namespace wukong::perf

// Runs both C++ forms of the example policy on twenty random DAGs and prints a line for each: the
// number of the DAG and the hash of all that happened. A third form is in Python. Ends with 1 if
// the hashes of a DAG differ.
#include <fmt/format.h>
#include <wukong/policy.h>
#include <wukong/run.h>

#include <memory>
#include <string>

#include "blocking.h"
#include "coroutine.h"

namespace {

using wukong::scheduler::Policy;

template <class Form>
std::unique_ptr<wukong::scheduler::System> make(wukong::platform::Platform& platform,
                                                const wukong::dag::Dag& dag,
                                                const wukong::scheduler::Options& options) {
  return std::make_unique<Form>(platform, dag, dynamic_cast<const each_task::Options&>(options));
}

std::unique_ptr<wukong::scheduler::Options> no_options() {
  return std::make_unique<each_task::Options>();
}

template <class Form>
constexpr Policy kPolicy = {.name = "each-task",
                            .form = wukong::dag::DagForm::dask,
                            .make_options = no_options,
                            .make_system = make<Form>};

wukong::run::RunResult run(const Policy& policy, const wukong::dag::Dag& dag) {
  static const auto platform = wukong::experiment::preset_platform("aws-2020");
  each_task::Options options;
  options.store = wukong::experiment::preset_store("redis-1");
  options.client_machine = "c5.4xlarge";
  const wukong::run::Job job = {.system = "each-task",
                                .policy = &policy,
                                .options = &options,
                                .workload = "layered",
                                .dag = &dag};
  wukong::simulation::Simulation simulation(platform, {.seed = 1, .check = true});
  simulation.start(job);
  return simulation.run();
}

}  // namespace

int main() {
  bool good = true;
  for (int64_t number = 1; number <= 20; ++number) {
    wukong::generators::LayeredParameters parameters;
    parameters.depth = 4;
    parameters.width = 3;
    parameters.seed = number;
    parameters.width_distribution.shape = wukong::generators::DistributionShape::uniform;
    parameters.task_distribution.shape = wukong::generators::DistributionShape::exponential;
    const wukong::dag::Dag dag = wukong::generators::make_layered(parameters);
    const auto one = run(kPolicy<each_task::CoroutineForm>, dag);
    const auto other = run(kPolicy<each_task::BlockingForm>, dag);
    for (const auto* result : {&one, &other})
      if (!result->completed) fmt::print("{}\n", result->failure);
    good = good && one.completed && other.completed && one.trace_hash == other.trace_hash;
    fmt::print("{} {:016x} {:016x}\n", number, one.trace_hash, other.trace_hash);
  }
  return good ? 0 : 1;
}

#include "bench/simulation/simulation.h"

#include "bench/experiment/preset_setup.h"
#include "bench/run/job.h"
#include "bench/run/run_result.h"
#include "scheduler/policy/policy.h"
#include "sim/accounting/usage.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/task_runner.h"
#include "sim/platform/backend.h"
#include "sim/platform/platform.h"
#include "test/catch.h"
#include "test/support/dag_text.h"

// One object that runs a system: with nothing of the program around it, no file and no preset but
// the platform's.

namespace wukong::simulation {
namespace {

struct RelayOptions final : scheduler::Options {
  std::string error;    // of an environment that it would need
  size_t left_out = 0;  // of the tasks, the last ones
  void visit(FieldVisitor&) override {}
};

// Its client runs every task itself, one after another.
class Relay final : public scheduler::System {
 public:
  Relay(platform::Platform& platform, const dag::Dag& dag, size_t left_out)
      : platform_(platform),
        dag_(dag),
        tasks_(dag.task_count() - left_out),
        host_(platform.rent("c5.4xlarge").host) {}

  engine::Task<scheduler::Failure> run() override {
    for (size_t task = 0; task < tasks_; ++task)
      co_await platform_.tasks().execute(host_, TaskId(task), dag_.cost(TaskId(task)));
    co_return std::nullopt;
  }

 private:
  platform::Platform& platform_;
  const dag::Dag& dag_;
  const size_t tasks_;
  const hosts::Host& host_;
};

std::unique_ptr<scheduler::System> make_relay(platform::Platform& platform, const dag::Dag& dag,
                                              const scheduler::Options& options) {
  const auto& relay = dynamic_cast<const RelayOptions&>(options);
  if (!relay.error.empty()) throw LimitError(ErrorPlace{}, relay.error);
  return std::make_unique<Relay>(platform, dag, relay.left_out);
}

std::unique_ptr<scheduler::Options> make_relay_options() {
  return std::make_unique<RelayOptions>();
}

const scheduler::Policy kRelay{.name = "relay",
                               .form = dag::DagForm::dask,
                               .make_options = make_relay_options,
                               .make_system = make_relay,
                               .task_hosts = scheduler::TaskHosts::machines};

struct RelayJob {
  dag::Dag dag = test::dag_from_text("a -> b; a -> c");
  RelayOptions options;
  platform::PlatformSpec platform = experiment::preset_platform("aws-2020");
  run::Job job() const { return {"relay", &kRelay, &options, "three tasks", &dag}; }
};

TEST_CASE("a policy and a DAG of one's own run without an experiment", "[simulation]") {
  const RelayJob own;
  Simulation simulation(own.platform, {.seed = 3, .check = true});
  simulation.start(own.job());
  const run::RunResult result = simulation.run();
  CHECK(result.failure == "");
  CHECK(result.completed);
  CHECK(result.system == "relay");
  CHECK(result.workload == "three tasks");
  CHECK(result.seed == 3);
  CHECK(result.tasks == 3);
  CHECK(result.executed == 3);
  CHECK(result.makespan == Duration::milliseconds(300));
  CHECK(result.leftovers.processes == 0);
  CHECK(simulation.platform().usage().executed == 3);  // still there to be looked at
}

TEST_CASE("results without all tasks are no completion", "[simulation]") {
  RelayJob own;
  own.options.left_out = 1;
  Simulation simulation(own.platform, {});
  simulation.start(own.job());
  const run::RunResult result = simulation.run();
  CHECK_FALSE(result.completed);
  CHECK(result.failure == "the client had its results at 0.2 s, but 1 of 3 tasks never ran");
}

TEST_CASE("what exceeds a system is told apart from what is wrong", "[simulation]") {
  RelayJob own;
  own.options.error = "three tasks are too many";
  Simulation simulation(own.platform, {});
  CHECK_THROWS_AS(simulation.start(own.job()), LimitError);
}

// Counts how often time passed, and what runs a task is made of the services that it was given.
class CountingClock final : public engine::ClockDriver {
 public:
  bool runs_by_itself() const override { return false; }
  std::optional<Time> advance(std::optional<Time> next) override {
    ++advances;
    return next;
  }
  int advances = 0;
};

class TwiceAsLong final : public hosts::TaskRunner {
 public:
  explicit TwiceAsLong(std::unique_ptr<hosts::TaskRunner> modelled)
      : modelled_(std::move(modelled)) {}
  engine::Task<hosts::ExecuteStatus> execute(const hosts::Host& host, TaskId task,
                                             const hosts::TaskCost& cost) override {
    hosts::TaskCost longer = cost;
    longer.sleep = longer.sleep * 2;
    longer.recorded = longer.recorded * 2;
    co_return co_await modelled_->execute(host, task, longer);
  }

 private:
  std::unique_ptr<hosts::TaskRunner> modelled_;
};

class SlowServices final : public platform::ModelledBackend {
 public:
  std::unique_ptr<hosts::TaskRunner> task_runner(std::unique_ptr<hosts::TaskRunner> modelled,
                                                 const accounting::Books&) override {
    return std::make_unique<TwiceAsLong>(std::move(modelled));
  }
};

TEST_CASE("clock and services are the caller's, if it brings some", "[simulation]") {
  const RelayJob own;
  CountingClock clock;
  const auto make_services = [](engine::Engine&) { return std::make_unique<SlowServices>(); };
  Simulation simulation(own.platform, {}, {.clock = &clock, .make_services = make_services});
  simulation.start(own.job());
  CHECK(simulation.run().makespan == Duration::milliseconds(600));
  CHECK(clock.advances > 0);
}

}  // namespace
}  // namespace wukong::simulation

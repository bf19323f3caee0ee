#include "runtime/blocking/services.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/experiment/preset_setup.h"
#include "bench/run/job.h"
#include "bench/run/run_result.h"
#include "bench/simulation/emulate.h"
#include "bench/simulation/simulation.h"
#include "runtime/loop/emulation_spec.h"
#include "scheduler/policy/policy.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform_spec.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "workloads/computations/computation.h"

namespace wukong::blocking {
namespace {

using namespace wukong::literals;
using functions::Environment;
using functions::HandlerResult;
using functions::InvokeReply;

// A client in blocking code, which each test brings.
class BlockingClient;
using Client = std::function<scheduler::Failure(BlockingClient&)>;
struct ClientOptions final : scheduler::Options {
  Client client;
  void visit(FieldVisitor&) override {}
};

class BlockingClient final : public scheduler::System {
 public:
  BlockingClient(platform::Platform& with, const dag::Dag& tasks, const ClientOptions& options)
      : platform(with),
        dag(tasks),
        machine(with.rent("c5.4xlarge")),
        function(with.lambda().add_function(with.spec().functions.executor())),
        services(fibers, with),
        client_(options.client) {}

  engine::Task<scheduler::Failure> run() override {
    return fibers.run([this] { return client_(*this); });
  }

  platform::Platform& platform;
  const dag::Dag& dag;
  hosts::Machine& machine;
  FunctionId function;
  Fibers fibers;
  Services services;

 private:
  const Client& client_;
};

std::unique_ptr<scheduler::System> make_blocking_client(platform::Platform& platform,
                                                        const dag::Dag& dag,
                                                        const scheduler::Options& options) {
  return std::make_unique<BlockingClient>(platform, dag,
                                          dynamic_cast<const ClientOptions&>(options));
}

constexpr scheduler::Policy kBlockingClient = {.name = "blocking-client",
                                               .form = dag::DagForm::dask,
                                               .make_options = nullptr,
                                               .make_system = make_blocking_client,
                                               .task_hosts = scheduler::TaskHosts::none};

run::Job job_of_client(const dag::Dag& dag, const ClientOptions& options) {
  return {.system = "blocking-client",
          .policy = &kBlockingClient,
          .options = &options,
          .workload = "test",
          .dag = &dag};
}

run::RunResult simulate(const Client& client, const std::string& platform = "aws-2020") {
  const platform::PlatformSpec spec = experiment::preset_platform(platform);
  const dag::Dag dag = test::dag_from_text("a -> b");
  ClientOptions options;
  options.client = client;
  simulation::Simulation simulation(spec, {.seed = 1});
  simulation.start(job_of_client(dag, options));
  return simulation.run();
}

struct Counted {
  int& count;
  ~Counted() { ++count; }
};

TEST_CASE("a blocking handler that meets its time limit is unwound, and its call has failed",
          "[blocking]") {
  int unwound = 0;
  InvokeReply reply = InvokeReply::accepted;
  const run::RunResult result = simulate(
      [&](BlockingClient& client) -> scheduler::Failure {
        reply = client.services.invoke_sync(client.machine.host, client.function, Bytes(100),
                                            [&](Environment&) {
                                              const Counted counted{unwound};
                                              client.services.sleep(100_s);
                                              return HandlerResult::success;
                                            });
        return std::nullopt;
      },
      "{preset: aws-2020, functions: {time_limit_s: 2}}");
  CHECK(result.completed);
  CHECK(reply == InvokeReply::failed);
  CHECK(unwound == 1);
  CHECK(result.makespan > 2_s);
  CHECK(result.makespan < 10_s);
}

TEST_CASE("a blocking handler that fails is called again as it was", "[blocking]") {
  std::vector<std::string> words;
  const run::RunResult result = simulate([&](BlockingClient& client) -> scheduler::Failure {
    engine::Channel<int> ended(client.platform.engine());
    std::string word = "long enough to be on the heap";
    client.services.invoke_async(client.machine.host, client.function, Bytes(100),
                                 [&, word](Environment& environment) {
                                   words.push_back(word);
                                   environment.failure = "not yet";
                                   if (words.size() < 3) return HandlerResult::error;
                                   ended.send(1);
                                   return HandlerResult::success;
                                 });
    client.services.receive(ended);
    return std::nullopt;
  });
  CHECK(result.completed);
  CHECK(result.retries == 2);
  CHECK(words == std::vector<std::string>(3, "long enough to be on the heap"));
}

TEST_CASE("a deadlock of blocking code is told as one of coroutines", "[blocking]") {
  const run::RunResult result = simulate([](BlockingClient& client) -> scheduler::Failure {
    engine::Channel<int> never(client.platform.engine());
    client.services.receive(never);
    return std::nullopt;
  });
  CHECK(result.deadlocked);
  CHECK_THAT(result.failure, Catch::Contains("client #0 waits for a message since 0.000000 s"));
  CHECK(result.leftovers.processes == 0);
}

class Nothing final : public computations::Computation {
 public:
  kernels::Value initial(ObjectId) const override { return kernels::Buffer(Bytes(8)).freeze(); }
  std::vector<kernels::Value> run(TaskId, std::span<const kernels::Value> inputs) const override {
    kernels::Buffer result(Bytes(1000));
    result.numbers().front() = 1 + (inputs.empty() ? 0 : inputs.front().numbers().front());
    std::vector<kernels::Value> values;
    values.push_back(std::move(result).freeze());
    return values;
  }
  computations::Verification verify(const computations::Results&) const override {
    return {"nothing", 0, true};
  }
};

TEST_CASE("a blocking policy is emulated as it is simulated", "[blocking][emulate]") {
  const platform::PlatformSpec spec = experiment::preset_platform("local");
  test::DagTextOptions no_time;
  no_time.duration = 1_ms;
  const dag::Dag dag = test::dag_from_text("a -> b -> c", no_time);
  ClientOptions options;
  options.client = [](BlockingClient& client) -> scheduler::Failure {
    storage::ObjectStore& objects = client.platform.add_store(experiment::preset_store("redis-1"));
    Store store(client.fibers, objects);
    const InvokeReply reply = client.services.invoke_sync(
        client.machine.host, client.function, Bytes(100), [&](Environment& environment) {
          for (const TaskId task : client.dag.tasks())
            if (client.services.execute(environment.host, task, client.dag.cost(task)) !=
                hosts::ExecuteStatus::done)
              return HandlerResult::error;
          const ObjectId last = client.dag.outputs(client.dag.sinks().front()).front();
          const auto stored = store.put(environment.host, last, client.dag.size(last));
          return stored == storage::StoreStatus::ok ? HandlerResult::success : HandlerResult::error;
        });
    if (reply != InvokeReply::accepted) return "the function did not finish";
    return std::nullopt;
  };
  const simulation::EmulatedRun run = simulation::emulate_once(
      spec, loop::EmulationSpec(), job_of_client(dag, options), Nothing(), {.seed = 1});
  INFO(run.result.failure);
  CHECK(run.result.completed);
  CHECK(run.result.executed == 3);
}

}  // namespace
}  // namespace wukong::blocking

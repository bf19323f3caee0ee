#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "runtime/emulation/emulated_backend.h"
#include "runtime/stores/untimed_store.h"
#include "sim/accounting/ledger.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/host.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform.h"
#include "test/catch.h"
#include "workloads/computations/digest_computation.h"
#include "workloads/generators/noop.h"

// The function service on real containers, without a policy.

namespace wukong::containers {
namespace {

// Tasks that do what a test wants.
class Scripted final : public computations::Computation {
 public:
  using Script = std::function<void(TaskId)>;
  explicit Scripted(Script script) : script_(std::move(script)) {}
  kernels::Value initial(ObjectId) const override { return {}; }
  std::vector<kernels::Value> run(TaskId task, std::span<const kernels::Value>) const override {
    script_(task);
    std::vector<kernels::Value> values;
    kernels::Buffer empty(Bytes(0));
    values.push_back(std::move(empty).freeze());
    return values;
  }
  computations::Verification verify(const computations::Results&) const override { return {}; }

 private:
  Script script_;
};

const network::LinkSpec kLink{.rate = Bandwidth::unlimited(), .burst = {}, .burst_rate = {}};

platform::PlatformSpec local(const std::string& functions) {
  const std::string text = "platform: {preset: local, functions: " + functions + "}";
  std::vector<parameters::EffectiveParameter> effective;
  return experiment::make_platform(
      parameters::parse_yaml(text, {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog(), effective);
}

struct Rig {
  Rig(
      int64_t tasks, const std::string& functions, Scripted::Script script = [](TaskId) {},
      Duration delay = Duration::zero(),
      loop::ModelledNetwork network = loop::ModelledNetwork::none)
      : emulation(on(network)),
        dag(generators::make_noop(
            {.tasks = tasks, .lambdas = tasks, .delay = delay, .value = Bytes(0)},
            dag::DagForm::dask)),
        computation(std::move(script)),
        platform_spec(local(functions)),
        backend(engine, clock, emulation, dag, computation, 1),
        platform(engine, platform_spec, 1, backend),
        function(platform.lambda().add_function(platform_spec.functions.executor())) {}

  static loop::EmulationSpec on(loop::ModelledNetwork network) {
    loop::EmulationSpec spec;
    spec.network = network;
    return spec;
  }
  engine::Task<functions::HandlerResult> handle(functions::Environment& environment, TaskId task) {
    const auto status = co_await platform.tasks().execute(environment.host, task, dag.cost(task));
    co_return status == hosts::ExecuteStatus::done ? functions::HandlerResult::success
                                                   : functions::HandlerResult::error;
  }
  engine::Task<> invoke(TaskId task) {
    functions::Handler handler = [this, task](functions::Environment& environment) {
      return handle(environment, task);
    };
    const auto reply =
        co_await platform.lambda().invoke_sync(client, function, Bytes(0), std::move(handler));
    ++replies[reply];
  }
  void run() {
    for (const TaskId task : dag.tasks()) engine.spawn(invoke(task), "client");
    clock.start();
    engine.run();
  }

  loop::WallClock clock{1};
  engine::Engine engine{clock};
  loop::EmulationSpec emulation;
  dag::Dag dag;
  Scripted computation;
  platform::PlatformSpec platform_spec;
  emulation::EmulatedBackend backend;
  platform::Platform platform;
  FunctionId function;
  hosts::Host client;
  std::map<functions::InvokeReply, int> replies;
};

TEST_CASE("1000 simultaneous invocations each have an environment of their own", "[runtime]") {
  Rig rig(1000, "{account_concurrency: 1000}", [](TaskId) {}, Duration::milliseconds(10));
  rig.run();
  const functions::LambdaStatistics& statistics = rig.platform.lambda().statistics();
  CHECK(rig.replies[functions::InvokeReply::accepted] == 1000);
  CHECK(statistics.invocations == 1000);
  CHECK(statistics.cold_starts == 1000);
  CHECK(statistics.peak_concurrency == 1000);
  CHECK(statistics.throttles == 0);
  CHECK(rig.platform.usage().executed == 1000);
}

TEST_CASE("a concurrency limit of 100 turns 900 of 1000 away, and their retries bring them home",
          "[runtime]") {
  Rig rig(
      1000, "{account_concurrency: 100, client_retry: {attempts: 20}}", [](TaskId) {},
      Duration::milliseconds(10));
  rig.run();
  const functions::LambdaStatistics& statistics = rig.platform.lambda().statistics();
  CHECK(rig.replies[functions::InvokeReply::accepted] == 1000);
  CHECK(statistics.invocations == 1000);
  CHECK(statistics.peak_concurrency == 100);
  CHECK(statistics.throttles >= 900);
  CHECK(rig.platform.cloud().functions().levels().environments.level() <= 100);
}

TEST_CASE("a kernel that throws fails its function with its own words", "[runtime]") {
  Rig rig(3, "{account_concurrency: 10}", [](TaskId task) {
    if (task == TaskId(1)) throw std::runtime_error("no such luck");
  });
  rig.run();
  CHECK(rig.replies[functions::InvokeReply::accepted] == 2);
  CHECK(rig.replies[functions::InvokeReply::failed] == 1);
  CHECK(rig.backend.measurements().failures.text() == "noop-1: no such luck");
}

TEST_CASE("a task that does not fit into its function's memory fails", "[runtime]") {
  Rig rig(1, "{account_concurrency: 10, memory_mb: 128}");
  hosts::TaskCost cost;
  cost.memory = Bytes::mebi(129);
  hosts::ExecuteStatus status = hosts::ExecuteStatus::done;
  const auto run = [](Rig& own, hosts::TaskCost large,
                      hosts::ExecuteStatus& result) -> engine::Task<> {
    hosts::Host host = own.platform.add_host(1, Bytes::mebi(128), kLink, kLink);
    result = co_await own.platform.tasks().execute(host, TaskId(0), large);
  };
  rig.engine.spawn(run(rig, cost, status), "test");
  rig.engine.run();
  CHECK(status == hosts::ExecuteStatus::failed);
}

TEST_CASE("a task that sleeps beyond its time limit is killed in its container", "[runtime]") {
  Rig rig(
      2, "{account_concurrency: 10, time_limit_s: 0.02}", [](TaskId) {}, Duration::seconds(3600));
  rig.run();
  CHECK(rig.replies[functions::InvokeReply::failed] == 2);
  CHECK(rig.platform.lambda().statistics().timeouts == 2);
  CHECK(rig.platform.cloud().functions().levels().environments.level() == 0);
}

TEST_CASE("a container's real time is billed", "[runtime]") {
  Rig rig(1, "{account_concurrency: 10}", [](TaskId) {}, Duration::milliseconds(30));
  rig.run();
  CHECK(rig.platform.lambda().statistics().busy_time >= Duration::milliseconds(30));
  CHECK(rig.platform.lambda().statistics().billed_time >= Duration::milliseconds(30));
}

TEST_CASE("a share of half a core takes a kernel twice its time", "[runtime]") {
  static constexpr auto kKernel = std::chrono::milliseconds(10);
  Rig rig(1, "{account_concurrency: 10, memory_mb: 884}", [](TaskId) {
    const auto end = std::chrono::steady_clock::now() + kKernel;
    while (std::chrono::steady_clock::now() < end) continue;
  });
  rig.run();
  // 884 of 1769 MB are 0.4997 of a vCPU.
  CHECK(rig.platform.lambda().statistics().busy_time >= Duration::milliseconds(20));
}

TEST_CASE("a policy that uses a value where it is not is found out", "[runtime]") {
  Rig rig(1, "{account_concurrency: 10}");
  const hosts::Host here = rig.platform.add_host(1, Bytes::mebi(128), kLink, kLink);
  const hosts::Host there = rig.platform.add_host(1, Bytes::mebi(128), kLink, kLink);
  CHECK_THROWS_AS(rig.platform.values().send(here, ObjectId(0)), MissingValue);
  CHECK_THROWS_AS(rig.platform.values().copy(here, there, ObjectId(0)), MissingValue);
  CHECK_THROWS_AS(rig.platform.values().receive(there, ObjectId(0)), MissingValue);
}

// A store with a server for each object, which together take two connections and no more; counts
// the exchanges of handshakes.
class TwoConnections final : public storage::StoreServers {
 public:
  bool connect(ObjectId, int64_t connections) override { return (open_ += connections) <= 2; }
  void disconnect(ObjectId, int64_t connections) override { open_ -= connections; }
  size_t server_of(ObjectId object) const override { return object.index(); }
  engine::Task<> handshake(const hosts::Host&, ObjectId, int64_t round_trips) override {
    exchanges += round_trips;
    co_return;
  }

  int64_t exchanges = 0;

 private:
  int64_t open_ = 0;
};

// What an emulation makes of a store whose servers are these.
struct StoreRig : Rig {
  explicit StoreRig(loop::ModelledNetwork network)
      : Rig(1, "{account_concurrency: 10}", [](TaskId) {}, Duration::zero(), network) {
    auto owned = std::make_unique<TwoConnections>();
    model = owned.get();
    store = backend.object_store({std::move(owned), std::make_unique<stores::UntimedStore>(books)},
                                 books);
  }
  accounting::Usage usage;
  accounting::Ledger ledger;
  accounting::Books books{engine, usage, ledger};
  TwoConnections* model;
  storage::StoreParts store;
};

TEST_CASE("opening a connection takes time on a modelled network only", "[runtime]") {
  for (const auto network : {loop::ModelledNetwork::none, loop::ModelledNetwork::modelled}) {
    StoreRig rig(network);
    CHECK(rig.store.servers->server_of(ObjectId(7)) == 7);
    rig.engine.spawn(rig.store.servers->handshake(rig.client, ObjectId(7), 2), "client");
    rig.clock.start();
    rig.engine.run();
    CHECK(rig.model->exchanges == (network == loop::ModelledNetwork::modelled ? 2 : 0));
  }
}

TEST_CASE("a store takes as many connections as its model, whatever network there is",
          "[runtime]") {
  StoreRig rig(loop::ModelledNetwork::none);
  storage::StoreServers& servers = *rig.store.servers;
  CHECK(servers.connect(ObjectId(0), 2));
  CHECK_FALSE(servers.connect(ObjectId(0), 1));
  servers.disconnect(ObjectId(0), 2);
  CHECK(servers.connect(ObjectId(0), 1));
}

TEST_CASE("values of a host come and go with what runs there", "[runtime]") {
  FiberPool pool(1);
  const Scripted nothing([](TaskId) {});
  HostMemory memory(pool, nothing);
  hosts::Host host;
  host.id = HostId(0);
  kernels::Buffer buffer(Bytes(100));
  memory.add(host, ObjectId(3), std::move(buffer).freeze());
  memory.add(host, ObjectId(3), memory.get(host, ObjectId(3)));
  CHECK(memory.held(host) == Bytes(100));
  memory.drop(host, ObjectId(3));
  CHECK(memory.held(host) == Bytes(100));  // it had come twice
  memory.drop(host, ObjectId(3));
  CHECK(memory.held(host) == Bytes(0));
  CHECK_THROWS_AS(memory.get(host, ObjectId(3)), MissingValue);
  kernels::Buffer another(Bytes(8));
  memory.add(host, ObjectId(4), std::move(another).freeze());
  memory.clear(host, hosts::HostFate::vacated);
  CHECK_FALSE(memory.find_anywhere(ObjectId(4)));
}

}  // namespace
}  // namespace wukong::containers

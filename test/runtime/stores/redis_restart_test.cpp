// A Redis server that is killed in the middle of a run, and started again.
#include <thread>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/emulate.h"
#include "test/catch.h"
#include "test/runtime/support/redis_server.h"

namespace wukong::stores {
namespace {

using test::RedisServer;

constexpr std::chrono::milliseconds kUntilKill{100};
constexpr std::chrono::milliseconds kDown{200};

// 12 levels of 30 ms take at least 360 ms, so the kill falls into the run.
simulation::EmulatedRun run_with_restart(RedisServer& server, const std::string& system) {
  const std::string text =
      "platform: local\nworkload: {layered: {depth: 12, width: 8, task_ms: 30, object_kb: 20}}\n"
      "systems: [" +
      system + "]\nemulation: {speed: 1, store: \"" + server.url() + "\"}\n";
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml(text, {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
  std::thread restart([&] {
    std::this_thread::sleep_for(kUntilKill);
    server.stop();
    std::this_thread::sleep_for(kDown);
    server.start();
  });
  std::vector<simulation::EmulatedRun> runs = simulation::emulate_experiment(experiment);
  restart.join();
  return std::move(runs.at(0));
}

TEST_CASE("a Redis server that is killed, and comes back with its data, only delays a run",
          "[emulate][redis][restart]") {
  // Bits, because a retried INCR may count twice; numpywren has only those. A worker whose request
  // failed is gone, and its message comes back when the lease ends: here after 3 s, not 60.
  for (const char* const system :
       {"{wukong: {bit_counters: true}}", "{wukong: {bit_counters: true, proxy_threshold: 2}}",
        "{numpywren-local: {workers: 4, receive_visibility_s: 3, renew_visibility_s: 3, "
        "renew_interval_s: 1}}"}) {
    RedisServer server(RedisServer::Data::kept);
    const simulation::EmulatedRun run = run_with_restart(server, system);
    INFO(system << ": " << run.result.failure);
    CHECK(run.result.completed);
    REQUIRE(run.result.verification);
    CHECK(run.result.verification->passed);
    CHECK(run.result.executed >= run.result.tasks);
    CHECK(server.keys() == 0);
  }
}

TEST_CASE("a Redis server that comes back without its data ends a run with that as the reason",
          "[emulate][redis][restart]") {
  for (const char* const system : {"wukong", "{numpywren-local: {workers: 4}}", "pubsub"}) {
    RedisServer server;
    const simulation::EmulatedRun run = run_with_restart(server, system);
    INFO(system << ": " << run.result.failure);
    CHECK_FALSE(run.result.completed);
    CHECK(run.result.failure.find("was restarted, and has lost what the run had stored in it") !=
          std::string::npos);
  }
}

}  // namespace
}  // namespace wukong::stores

// Redis servers that lose, refuse or do not speak; and servers that are none.
#include <thread>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/emulate.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test/runtime/support/false_redis.h"
#include "test/runtime/support/redis_server.h"

namespace wukong::stores {
namespace {

using test::RedisServer;

// 12 levels of 100 ms. A run that does not end by itself has failed after ten seconds.
std::string experiment_text(const std::string& url, const std::string& system, int object_kb = 20) {
  return "platform: local\nhorizon_s: 10\n"
         "workload: {layered: {depth: 12, width: 8, task_ms: 100, object_kb: " +
         std::to_string(object_kb) + "}}\nsystems: [" + system + "]\nemulation: {store: \"" + url +
         "\"}\n";
}

run::RunResult run_on(const std::string& url, const std::string& system, int object_kb = 20) {
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml(experiment_text(url, system, object_kb),
                             {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
  return simulation::emulate_experiment(experiment).at(0).result;
}

void wait_for_objects(const RedisServer& server) {
  while (server.keys() < 10) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

// What happens in the middle of the run.
template <class Event>
run::RunResult run_through(RedisServer& server, const std::string& system, const Event& event,
                           int object_kb = 20) {
  std::thread other([&] {
    wait_for_objects(server);
    event();
  });
  run::RunResult result = run_on(server.url(), system, object_kb);
  other.join();
  return result;
}

constexpr const char* kSystems[] = {"wukong", "{numpywren-local: {workers: 4}}", "pubsub"};

TEST_CASE("a Redis server that is emptied in the middle of a run is the failure's cause",
          "[emulate][redis][hostile]") {
  for (const char* const system : kSystems) {
    RedisServer server;
    const run::RunResult result =
        run_through(server, system, [&] { server.command({"FLUSHALL"}); });
    INFO(system << ": " << result.failure);
    CHECK_FALSE(result.completed);
    CHECK(result.failure.find("the Redis server " + server.address() + " has lost") !=
          std::string::npos);
    CHECK(result.failure.find("FLUSHALL") != std::string::npos);
  }
}

TEST_CASE("a Redis server that is full says so in the failure", "[emulate][redis][hostile]") {
  RedisServer server;
  const run::RunResult result = run_through(
      server, "wukong", [&] { server.command({"CONFIG", "SET", "maxmemory", "1000000"}); });
  INFO(result.failure);
  CHECK(result.failure.find("the Redis server " + server.address() + " refuses ") == 0);
  CHECK(result.failure.find("OOM command not allowed") != std::string::npos);
}

TEST_CASE("a Redis server that evicts keys is the failure's cause", "[emulate][redis][hostile]") {
  RedisServer server;
  // All objects take five times as much memory as that.
  const auto limit_memory = [&] {
    server.command({"CONFIG", "SET", "maxmemory-policy", "allkeys-random"});
    server.command({"CONFIG", "SET", "maxmemory", "10000000"});
  };
  constexpr int kObjectKilobytes = 500;
  const run::RunResult result =
      run_through(server, "{numpywren-local: {workers: 4}}", limit_memory, kObjectKilobytes);
  INFO(result.failure);
  CHECK_FALSE(result.completed);
  CHECK(result.failure.find("has lost") != std::string::npos);
  CHECK(result.failure.find("it evicts keys") != std::string::npos);
}

TEST_CASE("a command that a Redis server does not have is the failure's cause",
          "[emulate][redis][hostile]") {
  const RedisServer server(RedisServer::Data::lost, "", {"--rename-command", "INCR", ""});
  const run::RunResult result = run_on(server.url(), "{wukong: {bit_counters: false}}");
  INFO(result.failure);
  CHECK(result.failure.find("the Redis server " + server.address() + " refuses INCR: ") == 0);
}

TEST_CASE("a Redis server that stays away is what the failure begins with",
          "[emulate][redis][hostile]") {
  RedisServer server;
  const run::RunResult result = run_through(server, "wukong", [&] { server.stop(); });
  INFO(result.failure);
  CHECK_FALSE(result.completed);
  CHECK(result.failure.find("Redis at " + server.address() + " did not answer: ") == 0);
  CHECK(result.failure.find("it never did again") != std::string::npos);
}

TEST_CASE("the user is told when a Redis server goes, and when it comes back",
          "[emulate][redis][hostile][program]") {
  RedisServer server(RedisServer::Data::kept);
  const test::TemporaryFolder folder;
  const std::string file =
      folder.write("x.yaml", experiment_text(server.url(), "{wukong: {bit_counters: true}}"));
  std::thread other([&] {
    wait_for_objects(server);
    server.stop();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server.start();
  });
  const test::Outcome outcome = test::run("emulate " + file);
  other.join();
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
  const size_t gone = outcome.output.find("Redis at " + server.address() + " does not answer: ");
  const size_t back = outcome.output.find("Redis at " + server.address() + " answers again");
  REQUIRE(gone != std::string::npos);
  REQUIRE(back != std::string::npos);
  CHECK(gone < back);
}

TEST_CASE("the keys that a run could not delete are named", "[emulate][redis][hostile][program]") {
  const RedisServer server(RedisServer::Data::lost, "", {"--rename-command", "UNLINK", ""});
  const test::TemporaryFolder folder;
  const std::string file = folder.write("x.yaml", experiment_text(server.url(), "wukong"));
  const test::Outcome outcome = test::run("emulate " + file);
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output.find("those that it still has begin with wukong:") != std::string::npos);
}

TEST_CASE("a server that is no Redis ends a run with that as its failure",
          "[emulate][redis][hostile]") {
  for (const char* const answer :
       {"+PONG\r\n", "*1000000000\r\n", "$9000000000\r\n", "$99999999999999999999999\r\n",
        "HTTP/1.1 400 Bad Request\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n"}) {
    const test::FalseRedis server({.answer = answer});
    const run::RunResult result = run_on("redis://" + server.address(), "wukong");
    INFO(answer << result.failure);
    CHECK(result.failure.find("the Redis server " + server.address() + " is none, or broken") == 0);
  }
}

TEST_CASE("a server that says PONG to everything is refused before the run",
          "[emulate][redis][hostile]") {
  const test::FalseRedis server({.answer = "+PONG\r\n", .takes_values = false});
  const std::string error =
      test::error_text([&] { run_on("redis://" + server.address(), "wukong"); });
  CHECK(error.find("expected a Redis server that answers") != std::string::npos);
  CHECK(error.find(server.address()) != std::string::npos);
}

}  // namespace
}  // namespace wukong::stores

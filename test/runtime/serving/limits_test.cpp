#include <boost/json.hpp>
#include <fstream>

#include "test/catch.h"
#include "test/runtime/serving/served.h"

namespace wukong::test {
namespace {

// Calls at the same time, each over a connection of its own.
std::vector<Got> at_once(const serving::Server& server, const std::string& function, int calls) {
  std::vector<std::unique_ptr<PlainClient>> clients;
  for (int i = 0; i < calls; ++i) {
    clients.push_back(std::make_unique<PlainClient>(server.endpoint()));
    clients.back()->send("POST", kFunctionsPath + "/" + function + "/invocations", "{}");
  }
  std::vector<Got> answers;
  for (auto& client : clients) answers.push_back(client->receive());
  return answers;
}

int count_of(const std::vector<Got>& answers, int status) {
  return static_cast<int>(std::count_if(answers.begin(), answers.end(),
                                        [&](const Got& got) { return got.status == status; }));
}

std::string reason_of(const std::vector<Got>& answers) {
  for (const Got& got : answers)
    if (got.status == 429)
      return std::string(boost::json::parse(got.body).at("Reason").as_string());
  return "";
}

auto slow(int ms) {
  return [ms](const auto&, const environments::Event& event) { return answers(event.payload, ms); };
}

TEST_CASE("beyond the account's concurrency a call is a 429 with its reason", "[serve]") {
  Served served("{account_concurrency: 5, unreserved_concurrency_least: 0}");
  served.world.handler = slow(200);
  served.run([&](serving::Server& server, PlainClient& client) {
    create(client, "f");
    const std::vector<Got> answers = at_once(server, "f", 7);
    CHECK(count_of(answers, 200) == 5);
    CHECK(count_of(answers, 429) == 2);
    const auto refused = std::find_if(answers.begin(), answers.end(),
                                      [](const Got& got) { return got.status == 429; });
    CHECK(refused->body == R"({"Reason":"ConcurrentInvocationLimitExceeded","Type":"User",)"
                           R"("message":"Rate Exceeded."})");
    CHECK(refused->header("Retry-After") == "1");
    CHECK(refused->header("x-amzn-ErrorType") == "TooManyRequestsException");
  });
  CHECK(served.world.made.size() == 5);
}

TEST_CASE("what is reserved is the most that a function has, and nobody else's", "[serve]") {
  Served served("{account_concurrency: 6, unreserved_concurrency_least: 0}");
  served.world.handler = slow(100);
  const std::string concurrency = "/2017-10-31/functions/f/concurrency";
  served.run([&](serving::Server& server, PlainClient& client) {
    create(client, "f");
    create(client, "g");
    client.call("PUT", concurrency, R"({"ReservedConcurrentExecutions": 2})");
    const std::vector<Got> own = at_once(server, "f", 3);
    CHECK(count_of(own, 200) == 2);
    CHECK(reason_of(own) == "ReservedFunctionConcurrentInvocationLimitExceeded");
    CHECK(count_of(at_once(server, "g", 6), 200) == 4);
    client.call("PUT", concurrency, R"({"ReservedConcurrentExecutions": 0})");
    CHECK(invoke(client, "f").status == 429);
    client.call("DELETE", concurrency);
    CHECK(count_of(at_once(server, "f", 6), 200) == 6);
  });
}

TEST_CASE("new environments come as fast as the scaling rule says", "[serve]") {
  Served served("{scaling: {scope: function, burst: 3, refill: 1, refill_period_s: 1000}}");
  served.world.handler = slow(50);
  served.run([&](serving::Server& server, PlainClient& client) {
    create(client, "f");
    const std::vector<Got> answers = at_once(server, "f", 5);
    CHECK(count_of(answers, 200) == 3);
    CHECK(reason_of(answers) == "ConcurrentInvocationLimitExceeded");
    CHECK(count_of(at_once(server, "f", 3), 200) == 3);
  });
  CHECK(served.world.made.size() == 3);
}

TEST_CASE("the API takes so many requests a second", "[serve]") {
  Served served(
      "{account_concurrency: 10, requests_per_s_per_concurrency: 1, "
      "unreserved_concurrency_least: 0}");
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    std::vector<Got> answers;
    for (int i = 0; i < 30; ++i) answers.push_back(invoke(client, "f"));
    CHECK(count_of(answers, 200) >= 10);
    CHECK(count_of(answers, 429) > 0);
    CHECK(reason_of(answers) == "CallerRateLimitExceeded");
  });
}

// Waits until the file has a line, which comes soon.
std::string line_of(const std::filesystem::path& path) {
  for (int i = 0; i < 2000; ++i) {
    std::ifstream file(path);
    std::string line;
    if (std::getline(file, line) && file.good()) return line;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return "";
}

TEST_CASE("an event that fails is tried three times, and then goes to its destination", "[serve]") {
  Served served("{async_events: {retry_waits_s: [0.02, 0.02]}}");
  served.world.handler = [](const auto&, const auto&) { return throws_error(); };
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    client.call("PUT", "/2019-09-25/functions/f/event-invoke-config",
                R"({"DestinationConfig": {"OnFailure":
                    {"Destination": "arn:aws:sqs:us-east-1:000000000000:failed"}}})");
    const Got got = invoke(client, "f", R"({"n": 1})", "X-Amz-Invocation-Type: Event\r\n");
    CHECK(got.status == 202);
    CHECK(got.body.empty());
    const boost::json::value record =
        boost::json::parse(line_of(served.options.destinations / "failed.jsonl"));
    CHECK(record.at("requestContext").at("condition") == "RetriesExhausted");
    CHECK(record.at("requestContext").at("approximateInvokeCount") == 3);
    CHECK(record.at("requestContext").at("requestId").as_string() ==
          got.header("x-amzn-RequestId"));
    CHECK(record.at("requestPayload").at("n") == 1);
    CHECK(record.at("responsePayload").at("errorType") == "ValueError");
  });
  REQUIRE(served.world.events.size() == 3);
  CHECK(served.world.events[0].request_id == served.world.events[2].request_id);
}

TEST_CASE("an event is tried as often as its function says", "[serve]") {
  Served served("{async_events: {retry_waits_s: [0.02, 0.02]}}");
  served.world.handler = [](const auto&, const auto&) { return throws_error(); };
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f", R"(, "DeadLetterConfig":
        {"TargetArn": "arn:aws:sqs:us-east-1:000000000000:letters"})");
    client.call("PUT", "/2019-09-25/functions/f/event-invoke-config",
                R"({"MaximumRetryAttempts": 0})");
    invoke(client, "f", R"({"n": 2})", "X-Amz-Invocation-Type: Event\r\n");
    const boost::json::value letter =
        boost::json::parse(line_of(served.options.destinations / "letters.jsonl"));
    CHECK(letter.at("body").at("n") == 2);
  });
  CHECK(served.world.events.size() == 1);
}

TEST_CASE("an event's success goes on to another function", "[serve]") {
  Served served;
  std::atomic<bool> arrived = false;
  served.world.handler = [&](const auto& spec, const environments::Event& event) {
    if (spec.function_name == "g") arrived = true;
    return answers(event.payload);
  };
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    create(client, "g");
    client.call("PUT", "/2019-09-25/functions/f/event-invoke-config",
                R"({"DestinationConfig": {"OnSuccess":
                    {"Destination": "arn:aws:lambda:us-east-1:000000000000:function:g"}}})");
    invoke(client, "f", R"({"n": 3})", "X-Amz-Invocation-Type: Event\r\n");
    while (!arrived) std::this_thread::yield();
  });
  const boost::json::value record = boost::json::parse(served.world.events.back().payload);
  CHECK(record.at("requestContext").at("condition") == "Success");
  CHECK(record.at("responsePayload").at("n") == 3);
}

TEST_CASE("provisioned environments come up by themselves, and take the first calls", "[serve]") {
  Served served("{provisioned: {ready_after_s: 0.03}}");
  served.world.handler = slow(50);
  const std::string path = "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1";
  served.run([&](serving::Server& server, PlainClient& client) {
    create(client, "f", R"(, "Publish": true)");
    CHECK(client.call("PUT", path, R"({"ProvisionedConcurrentExecutions": 2})").status == 202);
    std::string status;
    while (status != "READY")
      status = boost::json::parse(client.call("GET", path).body).at("Status").as_string();
    CHECK(count_of(at_once(server, "f:1", 3), 200) == 3);
  });
  REQUIRE(served.world.made.size() == 3);
  CHECK(served.world.made[0].initialization_type == "provisioned-concurrency");
  CHECK(served.world.made[1].initialization_type == "provisioned-concurrency");
  CHECK(served.world.made[2].initialization_type == "on-demand");
  CHECK(served.world.alive == 0);
}

TEST_CASE("functions are there again after a restart", "[serve]") {
  const std::string state = (std::filesystem::temp_directory_path() /
                             ("wukong-state-" + std::to_string(getpid()) + ".db"))
                                .string();
  std::string before;
  {
    Served served("{}", state);
    served.run([&](serving::Server&, PlainClient& client) {
      create(client, "f", R"(, "Publish": true, "Tags": {"a": "b"})");
      create(client, "gone");
      client.call("DELETE", kFunctionsPath + "/gone");
      client.call("PUT", "/2017-10-31/functions/f/concurrency",
                  R"({"ReservedConcurrentExecutions": 0})");
      before = client.call("GET", kFunctionsPath + "/f/configuration").body;
    });
  }
  {
    Served served("{}", state);
    served.run([&](serving::Server&, PlainClient& client) {
      CHECK(client.call("GET", kFunctionsPath + "/f/configuration").body == before);
      CHECK(invoke(client, "f:1").status == 429);
      CHECK(client.call("GET", kFunctionsPath + "/gone").status == 404);
    });
  }
  std::filesystem::remove(state);
}

}  // namespace
}  // namespace wukong::test

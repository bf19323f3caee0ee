#include <boost/json.hpp>

#include "runtime/lambda_api/text_codes.h"
#include "test/catch.h"
#include "test/runtime/serving/served.h"

namespace wukong::test {
namespace {

const std::string kTail = "X-Amz-Log-Type: Tail\r\n";

TEST_CASE("an invocation is answered with the function's bytes and AWS's headers", "[serve]") {
  Served served;
  served.run([&](serving::Server&, PlainClient& client) {
    REQUIRE(create(client, "f").status == 201);
    const Got got = invoke(client, "f", R"({"n": 1})", kTail);
    CHECK(got.status == 200);
    CHECK(got.body == R"({"n": 1})");
    CHECK(got.header("X-Amz-Executed-Version") == "$LATEST");
    CHECK(got.header("x-amzn-RequestId").size() == 36);
    CHECK(got.header("X-Amz-Log-Result") == lambda_api::base64("START\nEND\n"));
    CHECK(got.header("X-Amz-Function-Error").empty());
    CHECK(invoke(client, "f").header("X-Amz-Log-Result").empty());
    CHECK(invoke(client, "f", "").body == "{}");
  });
  CHECK(served.world.made.size() == 1);
  CHECK(served.world.alive == 0);
}

TEST_CASE("a function's error is a 200, and its environment stays", "[serve]") {
  Served served;
  served.world.handler = [](const auto&, const auto&) { return throws_error(); };
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    for (int i = 0; i < 2; ++i) {
      const Got got = invoke(client, "f");
      CHECK(got.status == 200);
      CHECK(got.header("X-Amz-Function-Error") == "Unhandled");
      CHECK(boost::json::parse(got.body).at("errorType") == "ValueError");
    }
  });
  CHECK(served.world.made.size() == 1);
}

TEST_CASE("a server that ends does not wait for events that wait", "[serve]") {
  Served served("{async_events: {retry_waits_s: [1000, 1000]}}");
  served.world.handler = [](const auto&, const auto&) { return throws_error(); };
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    CHECK(invoke(client, "f", "{}", "X-Amz-Invocation-Type: Event\r\n").status == 202);
    CHECK(invoke(client, "f").status == 200);  // by now the event has failed, too
  });
  CHECK(served.world.alive == 0);
}

TEST_CASE("requests are checked in AWS's order", "[serve]") {
  Served served("{invocation: {sync_payload_limit_mib: 0.001, async_payload_limit_kib: 0.5}}");
  const std::string large = "[" + std::string(2000, '1') + "]";
  const std::string event = "X-Amz-Invocation-Type: Event\r\n";
  served.run([&](serving::Server&, PlainClient& client) {
    CHECK(invoke(client, "f", large).header("x-amzn-ErrorType") == "ResourceNotFoundException");
    create(client, "f");
    CHECK(invoke(client, "f", large).status == 413);
    CHECK(invoke(client, "f", "{").header("x-amzn-ErrorType") == "InvalidRequestContentException");
    CHECK(invoke(client, "f", "[" + std::string(700, '1') + "]").status == 200);
    CHECK(invoke(client, "f", "[" + std::string(700, '1') + "]", event).status == 413);
    CHECK(invoke(client, "f", "{}", event).status == 202);
    const Got dry = invoke(client, "f", "{}", "X-Amz-Invocation-Type: DryRun\r\n");
    CHECK(dry.status == 204);
    CHECK(invoke(client, "f", "{}", "X-Amz-Invocation-Type: Sometimes\r\n").status == 400);
    CHECK(client.call("POST", kFunctionsPath + "/f/invocations?Qualifier=3").status == 404);
  });
}

TEST_CASE("a function that is still Pending is not invoked", "[serve]") {
  Served served;
  served.options.limits.activation_ms = 100'000;
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    const Got got = invoke(client, "f");
    CHECK(got.status == 409);
    CHECK(got.header("x-amzn-ErrorType") == "ResourceConflictException");
  });
  CHECK(served.world.made.empty());
}

TEST_CASE("at the time limit the environment is ended, and the next call is cold", "[serve]") {
  Served served;
  served.world.handler = [](const auto&, const environments::Event& event) {
    return event.payload == "1" ? never() : answers(event.payload);
  };
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    const Got got = invoke(client, "f", "1");
    CHECK(got.status == 200);
    CHECK(boost::json::parse(got.body).at("errorType") == "Sandbox.Timedout");
    CHECK(invoke(client, "f", "2").body == "2");
  });
  CHECK(served.world.made.size() == 2);
  CHECK(served.world.alive == 0);
}

TEST_CASE("an environment that ends while it is idle is replaced without an error", "[serve]") {
  Served served;
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    invoke(client, "f");
    std::atomic<bool> ended = false;
    served.work = [&] {
      served.world.end_by_itself.back()();
      ended = true;
    };
    while (!ended) std::this_thread::yield();
    CHECK(invoke(client, "f", "7").body == "7");
  });
  CHECK(served.world.made.size() == 2);
}

TEST_CASE("an environment that does not come up is ended, and the call is told", "[serve]") {
  Served served;
  served.world.comes_up = false;
  served.options.initialization_limit = std::chrono::milliseconds(30);
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    const Got got = invoke(client, "f");
    CHECK(got.status == 200);
    CHECK(got.header("X-Amz-Function-Error") == "Unhandled");
  });
  CHECK(served.world.events.empty());
  CHECK(served.world.alive == 0);
}

TEST_CASE("environments rest frozen between calls", "[serve]") {
  Served served;
  int frozen_in_call = 0;
  served.world.handler = [&](const auto&, const environments::Event& event) {
    frozen_in_call += served.world.frozen;
    return answers(event.payload);
  };
  int frozen = -1;
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    invoke(client, "f");
    invoke(client, "f");
    std::atomic<bool> looked = false;
    served.work = [&] {
      frozen = served.world.frozen;
      looked = true;
    };
    while (!looked) std::this_thread::yield();
  });
  CHECK(frozen == 1);
  CHECK(frozen_in_call == 0);
}

TEST_CASE("a change of code or configuration makes all environments cold, others do not",
          "[serve]") {
  Served served;
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f");
    invoke(client, "f");
    client.call("PUT", kFunctionsPath + "/f/configuration", R"({"Description": "new"})");
    client.call("PUT", "/2017-10-31/functions/f/concurrency",
                R"({"ReservedConcurrentExecutions": 5})");
    invoke(client, "f");
    CHECK(served.world.made.size() == 1);
    client.call("PUT", kFunctionsPath + "/f/configuration",
                R"({"Environment": {"Variables": {"COLOUR": "red"}}})");
    invoke(client, "f");
    CHECK(served.world.made.size() == 2);
    CHECK(served.world.made[1].variables.size() == 1);
    client.call("PUT", kFunctionsPath + "/f/code", R"({"S3Bucket": "file", "S3Key": "/"})");
    invoke(client, "f");
    CHECK(served.world.made.size() == 3);
  });
}

TEST_CASE("a version keeps its code and its environments when the latest changes", "[serve]") {
  Served served;
  served.run([&](serving::Server&, PlainClient& client) {
    create(client, "f", R"(, "Publish": true)");
    invoke(client, "f:1");
    client.call("PUT", kFunctionsPath + "/f/configuration", R"({"MemorySize": 256})");
    const Got got = invoke(client, "f:1");
    CHECK(got.header("X-Amz-Executed-Version") == "1");
    REQUIRE(served.world.made.size() == 1);
    CHECK(served.world.made[0].memory_mb == 128);
    CHECK(served.world.events.back().invoked_arn ==
          "arn:aws:lambda:us-east-1:000000000000:function:f:1");
    invoke(client, "f");
    CHECK(served.world.made.back().memory_mb == 256);
  });
}

}  // namespace
}  // namespace wukong::test

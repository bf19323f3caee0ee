#include <chrono>
#include <optional>
#include <string>

#include "test/catch.h"
#include "test/runtime/environments/environment_house.h"

namespace wukong::environments {
namespace {

constexpr const char* kEcho = R"(
while True:
    id, event = next_call()
    say(f"invocation/{id}/response", event)
)";

TEST_CASE("an environment starts, answers call after call, and ends", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("echo", kEcho));
  REQUIRE_FALSE(running->started.failure);
  CHECK(running->started.init_time.count() > 0);
  for (const char* payload : {R"({"a":1})", "[]", "\"x\""}) {
    const Outcome outcome = house.invoke(*running, payload);
    CHECK(outcome.kind == OutcomeKind::success);
    CHECK(outcome.payload == payload);
    CHECK(outcome.duration.count() > 0);
    CHECK_FALSE(outcome.ends_environment);
  }
  running->environment->kill({});
  house.wait_gone(*running);
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=echo").empty());
}

TEST_CASE("a process has the variables that AWS gives it", "[environments]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("variables", R"(
import json
while True:
    id, _ = next_call()
    say(f"invocation/{id}/response", json.dumps({**os.environ, "cwd": os.getcwd()}).encode())
)");
  spec.variables = {{"MINE", "a=b c"}, {"LANG", "xx"}, {"AWS_REGION", "overridden"}};
  const std::string said = house.answer(spec).payload;
  const std::string code = spec.code_folder.string();
  for (const std::string& member :
       {std::string(R"("MINE": "a=b c")"), std::string(R"("LANG": "xx")"),
        std::string(R"("AWS_REGION": "us-east-1")"),
        std::string(R"("AWS_DEFAULT_REGION": "us-east-1")"),
        std::string(R"("_HANDLER": "index.handler")"),
        std::string(R"("AWS_LAMBDA_FUNCTION_NAME": "variables")"),
        std::string(R"("AWS_LAMBDA_FUNCTION_VERSION": "$LATEST")"),
        std::string(R"("AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128")"),
        std::string(R"("AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/variables")"),
        std::string(R"("AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand")"),
        std::string(R"("TZ": ":UTC")"), R"("LAMBDA_TASK_ROOT": ")" + code + '"',
        R"("cwd": ")" + code + '"'})
    CHECK_THAT(said, Catch::Contains(member));
  CHECK_THAT(said, Catch::Contains("AWS_LAMBDA_LOG_STREAM_NAME") &&
                       Catch::Contains("AWS_LAMBDA_RUNTIME_API") &&
                       Catch::Contains("AWS_ACCESS_KEY_ID"));
  CHECK_THAT(said, !Catch::Contains("AWS_EXECUTION_ENV"));  // only of AWS's own runtimes
}

TEST_CASE("a call has the headers of the Runtime API", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("headers", R"(
while True:
    _, headers, _ = ask("GET", "invocation/next")
    id = headers["lambda-runtime-aws-request-id"]
    say(f"invocation/{id}/response", repr(sorted(headers.items())).encode())
)"));
  Event event = event_of("the-id", "{}");
  event.deadline = std::chrono::system_clock::time_point(std::chrono::milliseconds(1234567));
  event.trace_id = "Root=1-2";
  event.client_context = "{\"a\":\n1}";
  std::optional<Outcome> outcome;
  running->environment->invoke(event, [&](Outcome end) { outcome = std::move(end); });
  house.wait_until([&] { return outcome.has_value(); });
  for (const char* header :
       {"'lambda-runtime-aws-request-id', 'the-id'", "'lambda-runtime-deadline-ms', '1234567'",
        "'lambda-runtime-invoked-function-arn', 'arn:aws", "'lambda-runtime-trace-id', 'Root=1-2'",
        "'lambda-runtime-client-context', '{\"a\": 1}'"})
    CHECK_THAT(outcome->payload, Catch::Contains(header));
}

TEST_CASE("a frozen environment stands still, and takes the call that waits when it is thawed",
          "[environments]") {
  // With control groups, where they are permitted, and without.
  const bool groups = GENERATE(true, false);
  EnvironmentHouse house({.control_groups = groups});
  const auto running = house.start(house.function("rests", kEcho));
  const auto stopped = [] {
    const auto processes = processes_with("AWS_LAMBDA_FUNCTION_NAME=rests");
    REQUIRE(processes.size() == 1);
    return stands_still(processes[0]);
  };
  house.invoke(*running);
  // At once, or as soon as it asks for the next call.
  running->environment->freeze();
  house.wait_until(stopped);
  std::optional<Outcome> outcome;
  running->environment->invoke(event_of("frozen", "7"),
                               [&](Outcome end) { outcome = std::move(end); });
  for (int turns = 0; turns < 4; ++turns) {
    house.loop.restart();
    house.loop.run_one_for(std::chrono::milliseconds(5));
  }
  CHECK_FALSE(outcome);
  CHECK(stopped());
  running->environment->thaw();
  house.wait_until([&] { return outcome.has_value(); });
  CHECK(outcome->payload == "7");
  running->environment->freeze();
  house.wait_until(stopped);
  running->environment->kill({});
  house.wait_gone(*running);
}

TEST_CASE("a call that runs into its time limit says so, and its environment is gone",
          "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("slow", R"(
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
id, _ = next_call()
print("working")
sys.stdout.flush()
time.sleep(100)
)"));
  std::optional<Outcome> outcome;
  running->environment->invoke(event_of("r-1", "{}"),
                               [&](Outcome end) { outcome = std::move(end); });
  house.wait_until([&] { return house.logs().find("working") != std::string::npos; });
  running->environment->kill({.time_limit = std::chrono::milliseconds(3000)});
  house.wait_until([&] { return outcome.has_value(); });
  CHECK(outcome->kind == OutcomeKind::timed_out);
  CHECK(outcome->ends_environment);
  CHECK(
      answer_body(*outcome, "r-1") ==
      R"({"errorType":"Sandbox.Timedout","errorMessage":"RequestId: r-1 Error: Task timed out after 3.00 seconds"})");
  CHECK_THAT(outcome->log_tail,
             Catch::Contains("START RequestId: r-1 Version: $LATEST\nworking\n") &&
                 Catch::Contains("END RequestId: r-1\nREPORT RequestId: r-1\t") &&
                 Catch::Contains("Status: timeout"));
  house.wait_gone(*running);
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=slow").empty());
}

TEST_CASE("what cannot start says why", "[environments]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("nothing", "");
  std::filesystem::remove(spec.code_folder / "bootstrap");
  Outcome outcome = house.answer(spec);
  CHECK(outcome.kind == OutcomeKind::init_failed);
  CHECK(outcome.error_type == "Runtime.InvalidEntrypoint");
  CHECK_THAT(outcome.error_message, Catch::Contains("bootstrap"));

  spec = house.function("forbidden", "");
  std::filesystem::permissions(spec.code_folder / "bootstrap", std::filesystem::perms::owner_read);
  const auto running = house.start(spec);
  REQUIRE(running->started.failure);
  CHECK_THAT(running->started.failure->error_message, Catch::Contains("Permission denied"));
  house.wait_gone(*running);
}

TEST_CASE("a runtime that reports an error, or ends, before it asks for a call has failed to start",
          "[environments]") {
  EnvironmentHouse house;
  Outcome outcome = house.answer(house.function("reports", R"(
import time
say("init/error", b'{"errorType": "My.Error", "errorMessage": "no luck"}')
time.sleep(100)
)"));
  CHECK(outcome.kind == OutcomeKind::init_failed);
  CHECK(outcome.error_type == "My.Error");
  CHECK(answer_body(outcome, "r") == R"({"errorType": "My.Error", "errorMessage": "no luck"})");

  outcome = house.answer(house.function("ends", "sys.exit(3)"));
  CHECK(outcome.kind == OutcomeKind::init_failed);
  CHECK(
      answer_body(outcome, "r") ==
      R"({"errorType":"Runtime.ExitError","errorMessage":"RequestId: r Error: Runtime exited with error: exit status 3"})");
}

TEST_CASE("a function that has more memory than it may have fails by itself", "[environments]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("hungry", R"(
id, _ = next_call()
try:
    held = bytearray(200 << 20)
    say(f"invocation/{id}/response", b"held")
except MemoryError:
    say(f"invocation/{id}/response", b"refused")
next_call()
)");
  CHECK(house.answer(spec).payload == "refused");
  spec.memory_mb = 512;
  CHECK(house.answer(spec).payload == "held");
}

TEST_CASE("an environment that is destroyed takes its processes along, and says nothing more",
          "[environments]") {
  EnvironmentHouse house;
  auto running = house.start(house.function("destroyed", kEcho));
  running->environment->invoke(event_of("r", "{}"), [](Outcome) { FAIL("it was destroyed"); });
  running->environment.reset();
  house.wait_until([] { return processes_with("AWS_LAMBDA_FUNCTION_NAME=destroyed").empty(); });
  CHECK_FALSE(running->gone);
}

TEST_CASE("scratch folders are deleted with their environments, and with all of them",
          "[environments]") {
  EnvironmentHouse house;
  const auto folders = [&] {
    size_t count = 0;
    for (const auto& root : std::filesystem::directory_iterator(house.folder() / "scratch"))
      for (const auto& entry : std::filesystem::directory_iterator(root))
        count += entry.path().filename() == "runtime" ? 0 : 1;
    return count;
  };
  const auto running = house.start(house.function("writer", R"(
open(os.environ["TMPDIR"] + "/left", "w").write("x")
next_call()
)"));
  CHECK(folders() == 1);
  running->environment->kill({});
  house.wait_gone(*running);
  house.wait_until([&] { return folders() == 0; });
  running->environment.reset();
  house.environments.reset();
  CHECK(std::filesystem::is_empty(house.folder() / "scratch"));
}

}  // namespace
}  // namespace wukong::environments

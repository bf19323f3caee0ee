// Functions that do what they should not.
#include <signal.h>

#include <chrono>
#include <optional>
#include <string>

#include "test/catch.h"
#include "test/runtime/environments/environment_house.h"

namespace wukong::environments {
namespace {

constexpr const char* kHonest = R"(
while True:
    id, event = next_call()
    say(f"invocation/{id}/response", event)
)";

TEST_CASE("children that a function leaves behind end with its environment, wherever they went",
          "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("forks", R"(
import signal, time
id, _ = next_call()
for detach in (False, True, True):
    if os.fork() == 0:
        if detach:
            os.setsid()
            if os.fork(): os._exit(0)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        time.sleep(100)
time.sleep(0.02)
say(f"invocation/{id}/response", b"1")
next_call()
)"));
  CHECK(house.invoke(*running).payload == "1");
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=forks").size() >= 4);
  running->environment->kill({});
  house.wait_gone(*running);
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=forks").empty());
}

TEST_CASE("a process that forks away from whoever would kill it is caught", "[environments]") {
  // With one signal for a control group, where those are permitted, and without.
  const bool groups = GENERATE(true, false);
  EnvironmentHouse house({.control_groups = groups});
  const auto running = house.start(house.function("flees", R"(
id, _ = next_call()
if os.fork() == 0:
    for generation in range(100000):
        os.setsid()
        if os.fork(): os._exit(0)
    os._exit(0)
say(f"invocation/{id}/response", b"1")
next_call()
)"));
  CHECK(house.invoke(*running).payload == "1");
  running->environment->kill({});
  house.wait_gone(*running);
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=flees").empty());
}

TEST_CASE("children end with a function that ends by itself", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("abandons", R"(
import time
id, _ = next_call()
if os.fork() == 0:
    os.setsid()
    time.sleep(100)
)"));
  const Outcome outcome = house.invoke(*running);
  CHECK(outcome.kind == OutcomeKind::exited);
  CHECK(
      answer_body(outcome, "r") ==
      R"({"errorType":"Runtime.ExitError","errorMessage":"RequestId: r Error: Runtime exited without providing a reason"})");
  house.wait_gone(*running);
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=abandons").empty());
}

TEST_CASE("output is kept up to the limit, and its end for the log tail", "[environments]") {
  EnvironmentHouse house({.log_bytes = 100'000});
  const auto running = house.start(house.function("prints", R"(
id, _ = next_call()
line = "x" * 99 + "\n"
sys.stdout.write(line * 100000)
sys.stderr.write("the end\n")
sys.stdout.flush()
say(f"invocation/{id}/response", b"1")
next_call()
)"));
  const Outcome outcome = house.invoke(*running);
  CHECK(outcome.payload == "1");
  CHECK(outcome.log_tail.size() == kLogTail);
  CHECK_THAT(outcome.log_tail, Catch::Contains("END RequestId: ") && Catch::Contains("xxx\n"));
  const std::string logs = house.logs();
  CHECK(logs.size() < 100'200);
  CHECK_THAT(logs, Catch::Contains("[what is printed beyond 100000 bytes is dropped]"));
}

TEST_CASE("all logs together have a limit", "[environments]") {
  EnvironmentHouse house({.all_log_bytes = 1000});
  const EnvironmentSpec spec = house.function("says", R"(
print("y" * 600)
sys.stdout.flush()
id, _ = next_call()
say(f"invocation/{id}/response", b"1")
next_call()
)");
  CHECK(house.answer(spec).payload == "1");
  CHECK(house.answer(spec).payload == "1");
  CHECK(house.logs().size() < 1300);
}

TEST_CASE("a second answer, and one to another request, are refused", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("twice", R"(
id, _ = next_call()
wrong = say("invocation/another/response", b"0")
early = ask("GET", "invocation/next")[0]
first = say(f"invocation/{id}/response", b"1")
second = say(f"invocation/{id}/response", b"2")
late = say(f"invocation/{id}/error", b"{}")
init = say("init/error", b"{}")
nowhere = say("nothing")
id, _ = next_call()
say(f"invocation/{id}/response", repr([wrong, early, first, second, late, init, nowhere]).encode())
next_call()
)"));
  CHECK(house.invoke(*running).payload == "1");
  CHECK(house.invoke(*running).payload == "[400, 403, 202, 403, 403, 403, 404]");
}

TEST_CASE("an answer of 6 MiB and 100 bytes arrives, and a longer one does not", "[environments]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("large", R"(
status = 0
while True:
    id, event = next_call()
    body = str(status).encode() if event == b"0" else b"x" * int(event)
    status = say(f"invocation/{id}/response", body)
)");
  spec.memory_mb = 256;
  const auto running = house.start(spec);
  CHECK(house.invoke(*running, "6291556").payload.size() == 6291556);
  for (const char* size : {"6291557", "20000000"}) {
    const Outcome outcome = house.invoke(*running, size);
    CHECK(outcome.kind == OutcomeKind::response_too_large);
    CHECK(outcome.error_type == "Function.ResponseSizeTooLarge");
    if (outcome.payload.empty() && std::string(size) == "6291557") {
      CHECK(
          answer_body(outcome, "r") ==
          R"({"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes)."})");
      CHECK(house.invoke(*running, "0").payload == "413");
    }
  }
}

TEST_CASE("a runtime that never asks for a call is killed by whoever waits for it",
          "[environments]") {
  EnvironmentHouse house;
  const auto environment = house.environments->make(house.function("silent", R"(
import time
time.sleep(100)
)"));
  std::optional<Started> started;
  bool gone = false;
  environment->start([&](Started end) { started = end; }, [&] { gone = true; });
  environment->kill({.time_limit = std::chrono::milliseconds(10'000)});
  house.wait_until([&] { return gone; });
  REQUIRE(started);
  REQUIRE(started->failure);
  CHECK(started->failure->kind == OutcomeKind::timed_out);
  CHECK(processes_with("AWS_LAMBDA_FUNCTION_NAME=silent").empty());
}

TEST_CASE("an environment cannot talk to another's Runtime API, and its children to their own",
          "[environments]") {
  EnvironmentHouse house;
  const auto other = house.start(house.function("victim", R"(
id, _ = next_call()
say(f"invocation/{id}/response", port.encode())
id, _ = next_call()
say(f"invocation/{id}/response", b"unharmed")
next_call()
)"));
  const std::string port = house.invoke(*other).payload;
  const auto running = house.start(house.function("spy", R"(
import socket
def reach(at):
    try:
        spy = socket.create_connection((host, int(at)), 5)
        spy.sendall(b"GET /2018-06-01/nothing HTTP/1.1\r\n\r\n")
        return len(spy.recv(100)) > 0
    except OSError:
        return False
def of_child(at, detach):
    reading, writing = os.pipe()
    if os.fork() == 0:
        if detach:
            os.setsid()
            if os.fork(): os._exit(0)
        os.write(writing, b"1" if reach(at) else b"0")
        os._exit(0)
    return os.read(reading, 1) == b"1"
id, event = next_call()
at = event.decode()
said = [reach(at), of_child(at, True), of_child(port, False), of_child(port, True)]
say(f"invocation/{id}/response", repr(said).encode())
next_call()
)"));
  CHECK(house.invoke(*running, port).payload == "[False, False, True, True]");
  CHECK(house.invoke(*other).payload == "unharmed");
}

TEST_CASE("an environment that is killed in mid-call says so", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("killed", R"(
import signal
next_call()
os.kill(os.getpid(), signal.SIGKILL)
)"));
  const Outcome outcome = house.invoke(*running);
  CHECK(outcome.kind == OutcomeKind::exited);
  CHECK_THAT(outcome.error_message, Catch::Contains("signal: killed"));
  house.wait_gone(*running);
}

TEST_CASE("an environment that kills its keeper is gone all the same", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("parricide", R"(
import signal, time
id, _ = next_call()
if os.fork() == 0:
    os.setsid()
    time.sleep(100)
os.kill(os.getppid(), signal.SIGKILL)
time.sleep(100)
)"));
  CHECK(house.invoke(*running).kind == OutcomeKind::exited);
  house.wait_gone(*running);
  house.wait_until([] { return processes_with("AWS_LAMBDA_FUNCTION_NAME=parricide").empty(); });
  // The others go on.
  CHECK(house.answer(house.function("honest", kHonest), "7").payload == "7");
}

TEST_CASE("an error that a function reports is the answer, whatever it is", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("errors", R"(
while True:
    id, event = next_call()
    say(f"invocation/{id}/error", event, headers="Lambda-Runtime-Function-Error-Type: Header.Type\r\n")
)"));
  Outcome outcome =
      house.invoke(*running, R"({"errorType":"E","errorMessage":"m","stackTrace":[]})");
  CHECK(outcome.kind == OutcomeKind::function_error);
  CHECK(outcome.error_type == "E");
  CHECK(answer_body(outcome, "r") == R"({"errorType":"E","errorMessage":"m","stackTrace":[]})");
  outcome = house.invoke(*running, "no JSON");
  CHECK(answer_body(outcome, "r") == R"({"errorType":"Header.Type","errorMessage":""})");
  CHECK_FALSE(outcome.ends_environment);
}

}  // namespace
}  // namespace wukong::environments

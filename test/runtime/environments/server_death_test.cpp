// What is left when the process that has environments is killed: nothing.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <functional>
#include <thread>

#include "test/catch.h"
#include "test/runtime/environments/environment_house.h"

namespace wukong::environments {
namespace {

constexpr const char* kStubborn = R"(
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
    time.sleep(100)
time.sleep(0.02)
next_call()
time.sleep(100)
)";

// A server with three environments, in a process of its own: one in mid-call, one frozen, one that
// is just starting. Tells when they are there.
[[noreturn]] void serve(int ready) {
  EnvironmentHouse house;
  const EnvironmentSpec spec = house.function("orphan", kStubborn);
  const auto busy = house.start(spec);
  busy->environment->invoke(event_of("r", "{}"), [](const Outcome&) {});
  const auto frozen = house.start(spec);
  frozen->environment->freeze();
  const auto starting = house.environments->make(spec);
  starting->start([](const Started&) {}, [] {});
  const std::string folder = (house.folder() / "scratch").string();
  (void)!write(ready, folder.data(), folder.size());
  for (;;) {
    house.loop.restart();
    house.loop.run();
  }
}

bool within(std::chrono::seconds limit, const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

TEST_CASE("a server that is killed leaves no process and no scratch folder", "[environments]") {
  std::array<int, 2> ready{};
  REQUIRE(pipe(ready.data()) == 0);
  const pid_t server = fork();
  if (server == 0) serve(ready[1]);
  close(ready[1]);
  std::array<char, 4096> folder{};
  const ssize_t bytes = read(ready[0], folder.data(), folder.size());
  close(ready[0]);
  REQUIRE(bytes > 0);
  const std::filesystem::path scratch(std::string(folder.data(), static_cast<size_t>(bytes)));
  const auto left = [] { return processes_with("AWS_LAMBDA_FUNCTION_NAME=orphan").size(); };
  CHECK(left() >= 4);
  CHECK_FALSE(std::filesystem::is_empty(scratch));
  kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
  CHECK(within(std::chrono::seconds(10), [&] { return left() == 0; }));
  CHECK(within(std::chrono::seconds(10), [&] { return std::filesystem::is_empty(scratch); }));
  std::filesystem::remove_all(scratch.parent_path());
}

}  // namespace
}  // namespace wukong::environments

#include "bench/sweep/signal_watch.h"

#include <csignal>
#include <thread>

#include "test/catch.h"

namespace wukong::bench {
namespace {

using namespace std::chrono_literals;
constexpr auto kForEver = 1h;

TEST_CASE("a watch returns the signal that came", "[sweep]") {
  SignalWatch watch;
  ::raise(SIGTERM);
  CHECK(watch.wait_for(kForEver) == SIGTERM);
  CHECK(watch.wait_for(1ms) == std::nullopt);
}

TEST_CASE("a watch can be woken, during a wait and before it", "[sweep]") {
  SignalWatch watch;
  watch.wake();
  CHECK(watch.wait_for(kForEver) == std::nullopt);
  std::jthread other([&] { watch.wake(); });
  CHECK(watch.wait_for(kForEver) == std::nullopt);
}

TEST_CASE("a signal that comes with a wake is not lost", "[sweep]") {
  SignalWatch watch;
  watch.wake();
  ::raise(SIGINT);
  CHECK(watch.wait_for(kForEver) == SIGINT);
}

}  // namespace
}  // namespace wukong::bench

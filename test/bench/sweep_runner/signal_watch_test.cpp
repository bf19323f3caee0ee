#include "bench/sweep_runner/signal_watch.h"

#include <atomic>
#include <csignal>
#include <latch>
#include <thread>

#include "test/catch.h"

namespace wukong::sweep_runner {
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

TEST_CASE("a watch gets what a thread gets that was there before it", "[sweep]") {
  std::latch ready(1);
  std::atomic<bool> over = false;
  std::jthread older([&] {
    ready.count_down();
    // In a wait that it does not know, ThreadSanitizer holds signals back.
    while (!over) std::this_thread::sleep_for(1ms);
  });
  ready.wait();
  {
    SignalWatch watch;
    REQUIRE(::pthread_kill(older.native_handle(), SIGINT) == 0);
    CHECK(watch.wait_for(kForEver) == SIGINT);
  }
  over = true;
}

TEST_CASE("a signal that comes with a wake is not lost", "[sweep]") {
  SignalWatch watch;
  watch.wake();
  ::raise(SIGINT);
  CHECK(watch.wait_for(kForEver) == SIGINT);
}

}  // namespace
}  // namespace wukong::sweep_runner

#include "runtime/loop/wall_clock.h"

#include <thread>
#include <vector>

#include "runtime/loop/foreign_call.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"
#include "test/catch.h"

namespace wukong::loop {
namespace {

using namespace std::chrono_literals;
using namespace wukong::literals;

struct ClockRig {
  WallClock clock{1};
  engine::Engine engine{clock};
};

engine::Task<> sleep_and_note(engine::Engine& engine, Duration time, int name,
                              std::vector<int>& order) {
  co_await engine.sleep(time);
  order.push_back(name);
}

TEST_CASE("events happen in the order of their times, and not before the wall clock says so",
          "[runtime]") {
  ClockRig rig;
  std::vector<int> order;
  rig.engine.spawn(sleep_and_note(rig.engine, 20_ms, 2, order), "second");
  rig.engine.spawn(sleep_and_note(rig.engine, 5_ms, 1, order), "first");
  const auto start = std::chrono::steady_clock::now();
  rig.clock.start();
  rig.engine.run();
  CHECK(order == std::vector<int>{1, 2});
  CHECK(rig.engine.now().since_start() >= 20_ms);
  CHECK(std::chrono::steady_clock::now() - start >= 20ms);
}

TEST_CASE("a modelled time is as much shorter as the speed says", "[runtime]") {
  const WallClock clock(10);
  CHECK(clock.on_wall(1_s) == 100ms);
  const WallClock slow(0.5);
  CHECK(slow.on_wall(1_s) == 2s);
}

engine::Task<> call_thread(ClockRig& rig, std::vector<std::thread>& threads, int& result) {
  ForeignCall<int> call(rig.engine, rig.clock);
  threads.emplace_back([reply = call.reply()] {
    std::this_thread::sleep_for(2ms);
    reply(7);
  });
  const auto answer = co_await call;
  result = answer.value_or(-1);
}

TEST_CASE("a reply from another thread comes before an event that is due later", "[runtime]") {
  ClockRig rig;
  std::vector<std::thread> threads;
  int result = 0;
  rig.engine.spawn_daemon(
      [](engine::Engine& engine) -> engine::Task<> {
        co_await engine.sleep(Duration::seconds(3600));
      }(rig.engine),
      "far away");
  rig.engine.spawn(call_thread(rig, threads, result), "caller");
  rig.clock.start();
  rig.engine.run();
  CHECK(result == 7);
  CHECK(rig.engine.now() > Time::zero());
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("a reply that is given up ends the wait with nothing", "[runtime]") {
  ClockRig rig;
  std::optional<bool> answered;
  const auto ask = [](ClockRig& own, std::optional<bool>& result) -> engine::Task<> {
    ForeignCall<int> call(own.engine, own.clock);
    std::thread([reply = call.reply()] {}).join();
    const auto answer = co_await call;
    result = answer.has_value();
  };
  rig.engine.spawn(ask(rig, answered), "caller");
  rig.engine.run();
  CHECK(answered == false);
}

TEST_CASE("a reply to a process that is gone finds nobody", "[runtime]") {
  ClockRig rig;
  std::vector<std::thread> threads;
  int result = 0;
  engine::Process& caller = rig.engine.spawn(call_thread(rig, threads, result), "caller");
  const auto kill = [](engine::Engine& engine, engine::Process& victim) -> engine::Task<> {
    engine.kill(victim);
    co_await engine.sleep(20_ms);
  };
  rig.engine.spawn(kill(rig.engine, caller), "killer");
  rig.clock.start();
  rig.engine.run();
  CHECK(result == 0);
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("a deadlock is one in real time, too", "[runtime]") {
  ClockRig rig;
  const auto wait = [](engine::Engine& engine) -> engine::Task<> {
    engine::Event never(engine);
    co_await never.wait("what never happens");
  };
  rig.engine.spawn(wait(rig.engine), "waiter");
  rig.clock.start();
  CHECK_THROWS_AS(rig.engine.run(), engine::Deadlock);
  rig.engine.clear();
}

}  // namespace
}  // namespace wukong::loop

// What the engine's own operations cost: a process' life, a permit's way from one process to the
// next, a message, a nested call.
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "sim/base/check.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/sync.h"

namespace wukong::perf {
namespace {

using engine::Channel;
using engine::Engine;
using engine::Semaphore;
using engine::Task;

constexpr uint64_t kItems = 1'000'000;

double time_run(Engine& engine) {
  const Stopwatch stopwatch;
  engine.run();
  return stopwatch.seconds();
}

Task<> do_nothing() { co_return; }

Task<> spawn_and_join(Engine& engine) {
  for (uint64_t i = 0; i < kItems; ++i) {
    engine::TaskGroup group(engine);
    group.spawn(do_nothing(), "child");
    co_await group.join();
  }
}

double process_lives() {
  engine::VirtualClock clock;
  Engine engine(clock);
  const Stopwatch stopwatch;
  for (uint64_t i = 0; i < kItems; ++i) {
    engine.spawn(do_nothing(), "child");
    if (i % 100 == 99) engine.run();
  }
  return stopwatch.seconds();
}

double joined_children() {
  engine::VirtualClock clock;
  Engine engine(clock);
  engine.spawn(spawn_and_join(engine), "parent");
  return time_run(engine);
}

// Of three processes one holds the permit and two queue; whoever runs passes it on by going to the
// end of the queue, so every acquisition is a hand-off.
Task<> contender(Engine& engine, Semaphore& semaphore, uint64_t& acquired) {
  auto permit = co_await semaphore.acquire();
  co_await engine.sleep(Duration::nanoseconds(1));  // until the others wait
  while (acquired < kItems) {
    ++acquired;
    {
      const auto released = std::move(permit);
    }
    permit = co_await semaphore.acquire();
  }
}

double semaphore_hand_offs() {
  engine::VirtualClock clock;
  Engine engine(clock);
  Semaphore semaphore(engine, 1);
  uint64_t acquired = 0;
  for (int i = 0; i < 3; ++i) engine.spawn(contender(engine, semaphore, acquired), "contender");
  return time_run(engine);
}

Task<> player(Channel<uint64_t>& in, Channel<uint64_t>& out) {
  while (true) {
    const uint64_t ball = co_await in.receive();
    out.send(ball + 1);
    if (ball + 2 >= kItems) co_return;
  }
}

double channel_messages() {
  engine::VirtualClock clock;
  Engine engine(clock);
  Channel<uint64_t> ping(engine), pong(engine);
  engine.spawn(player(ping, pong), "ping");
  engine.spawn(player(pong, ping), "pong");
  ping.send(0);
  return time_run(engine);
}

Task<uint64_t> identity(uint64_t value) { co_return value; }

Task<> call_many(uint64_t& sum) {
  for (uint64_t i = 0; i < kItems; ++i) sum += co_await identity(i);
}

double nested_calls() {
  engine::VirtualClock clock;
  Engine engine(clock);
  uint64_t sum = 0;
  engine.spawn(call_many(sum), "caller");
  const double seconds = time_run(engine);
  ENSURE(sum == kItems * (kItems - 1) / 2, sum);
  return seconds;
}

}  // namespace

void benchmark_processes(Harness& harness) {
  harness.measure("spawn and end of a process", kItems, process_lives);
  harness.measure("spawn, end and join of a child", kItems, joined_children);
  harness.measure("semaphore hand-off", kItems, semaphore_hand_offs);
  harness.measure("channel message", kItems, channel_messages);
  harness.measure("nested task that does not wait", kItems, nested_calls);
}

}  // namespace wukong::perf

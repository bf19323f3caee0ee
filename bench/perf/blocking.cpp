// What a blocking step costs: bodies on fibers that sleep, beside the same as coroutines. The
// target is a difference of 250 ns a step.
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "runtime/blocking/fibers.h"
#include "sim/base/check.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"

namespace wukong::perf {
namespace {

constexpr uint32_t kBodies = 100;
constexpr uint32_t kSteps = 10'000;

engine::Task<> coroutine_steps(engine::Engine& engine) {
  for (uint32_t i = 0; i < kSteps; ++i) co_await engine.sleep(Duration::nanoseconds(1 + i % 7));
}

double coroutines_run() {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  for (uint32_t i = 0; i < kBodies; ++i) engine.spawn(coroutine_steps(engine), "steps");
  const Stopwatch stopwatch;
  engine.run();
  return stopwatch.seconds();
}

double fibers_run() {
  engine::VirtualClock clock;
  blocking::Fibers fibers;
  engine::Engine engine(clock);
  for (uint32_t i = 0; i < kBodies; ++i)
    fibers.spawn(
        engine,
        [&] {
          for (uint32_t step = 0; step < kSteps; ++step)
            fibers.wait(engine.sleep(Duration::nanoseconds(1 + step % 7)));
        },
        "steps");
  const Stopwatch stopwatch;
  engine.run();
  ENSURE(fibers.made() == kBodies, fibers.made());
  return stopwatch.seconds();
}

// A short life each: what a function of one step costs beyond its step.
double short_lives_run() {
  engine::VirtualClock clock;
  blocking::Fibers fibers;
  engine::Engine engine(clock);
  const Stopwatch stopwatch;
  for (uint32_t life = 0; life < kBodies * kSteps; ++life) {
    fibers.spawn(engine, [&] { fibers.wait(engine.sleep(Duration::nanoseconds(1))); }, "life");
    engine.run();
  }
  ENSURE(fibers.made() == 1, fibers.made());
  return stopwatch.seconds();
}

engine::Task<> coroutine_life(engine::Engine& engine) {
  co_await engine.sleep(Duration::nanoseconds(1));
}

double coroutine_lives_run() {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  const Stopwatch stopwatch;
  for (uint32_t life = 0; life < kBodies * kSteps; ++life) {
    engine.spawn(coroutine_life(engine), "life");
    engine.run();
  }
  return stopwatch.seconds();
}

}  // namespace

void benchmark_blocking(Harness& harness) {
  constexpr uint64_t kItems = uint64_t{kBodies} * kSteps;
  harness.compare("100 fibers x 10,000 blocking steps, coroutines", kItems, fibers_run,
                  coroutines_run);
  harness.compare("1,000,000 fibers of one blocking step, coroutines", kItems, short_lives_run,
                  coroutine_lives_run);
}

}  // namespace wukong::perf

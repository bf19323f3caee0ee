// The hold model (Jones, CACM 1986): N pending events; take the earliest, schedule one Exp(1 s)
// later. The bare loop is std::priority_queue with a 24-byte event.
#include <fmt/format.h>

#include <queue>
#include <vector>

#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "sim/base/random.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/sync.h"

namespace wukong::perf {
namespace {

using engine::Engine;
using engine::EventQueue;

constexpr uint64_t kHolds = 1'000'000;

struct BareEvent {
  int64_t time;
  uint64_t sequence;
  uint32_t id;
};
static_assert(sizeof(BareEvent) == 24);

struct Later {
  bool operator()(const BareEvent& a, const BareEvent& b) const {
    return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
  }
};

Duration next_delay(RandomStream& random) {
  return Duration::from_seconds(random.exponential(1.0));
}

double bare_loop(uint32_t pending) {
  RandomStream random(1, "hold");
  uint64_t sequence = 0;
  std::priority_queue<BareEvent, std::vector<BareEvent>, Later> queue;
  for (uint32_t id = 0; id < pending; ++id)
    queue.push({next_delay(random).count_ns(), sequence++, id});
  const Stopwatch stopwatch;
  for (uint64_t i = 0; i < kHolds; ++i) {
    const BareEvent event = queue.top();
    queue.pop();
    queue.push({event.time + next_delay(random).count_ns(), sequence++, event.id});
  }
  const double seconds = stopwatch.seconds();
  keep(queue.top().time);
  return seconds;
}

double event_queue_loop(uint32_t pending) {
  RandomStream random(1, "hold");
  EventQueue queue;
  const auto nothing = [](void*) {};
  for (uint32_t id = 0; id < pending; ++id)
    queue.schedule(Time::at(next_delay(random)), nothing, nullptr);
  const Stopwatch stopwatch;
  for (uint64_t i = 0; i < kHolds; ++i) {
    const EventQueue::Event event = queue.pop();
    event.callback(event.context);
    queue.schedule(event.time + next_delay(random), event.callback, event.context);
  }
  const double seconds = stopwatch.seconds();
  keep(queue.next_time());
  return seconds;
}

// What the callbacks share. The process that the run waits for ends after kHolds of them.
struct Holder {
  explicit Holder(Engine& its_engine) : engine(its_engine), done(its_engine) {}
  void schedule() { engine.events().schedule(engine.now() + next_delay(random), fire, this); }
  static void fire(void* self) {
    auto& holder = *static_cast<Holder*>(self);
    holder.schedule();
    if (++holder.holds == kHolds) holder.done.set();
  }

  Engine& engine;
  RandomStream random{1, "hold"};
  engine::Event done;
  uint64_t holds = 0;
};

engine::Task<> wait_for(engine::Event& done) { co_await done.wait(); }

double engine_loop(uint32_t pending) {
  engine::VirtualClock clock;
  Engine engine(clock);
  Holder holder(engine);
  for (uint32_t id = 0; id < pending; ++id) holder.schedule();
  engine.spawn(wait_for(holder.done), "wait");
  const Stopwatch stopwatch;
  engine.run();
  const double seconds = stopwatch.seconds();
  ENSURE(engine.events_handled() == kHolds, engine.events_handled());
  return seconds;
}

}  // namespace

void benchmark_hold_model(Harness& harness) {
  for (const uint32_t pending : {1'000u, 100'000u, 1'000'000u}) {
    const auto bare = [=] { return bare_loop(pending); };
    harness.compare(
        fmt::format("hold, EventQueue, {} pending", pending), kHolds,
        [=] { return event_queue_loop(pending); }, bare);
    harness.compare(
        fmt::format("hold, Engine, {} pending", pending), kHolds,
        [=] { return engine_loop(pending); }, bare);
  }
}

}  // namespace wukong::perf

#include <memory>

#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"
#include "sim/engine/timer.h"
#include "test/catch.h"
#include "test/journal.h"

namespace wukong::engine {
namespace {

using namespace literals;
using test::Journal;
using test::Lines;

struct TimerFixture {
  VirtualClock clock;
  Engine engine{clock};
  Journal journal{engine};
  Task<> stay_until(Duration end) { co_await engine.sleep(end); }
  static void note(void* journal) { static_cast<Journal*>(journal)->note("timer"); }
};

TEST_CASE_METHOD(TimerFixture, "a timer fires once, at its time") {
  Timer timer(engine, note, &journal);
  timer.arm(Time::at(5_ms));
  CHECK(timer.armed());
  CHECK(timer.due() == Time::at(5_ms));
  engine.spawn(stay_until(20_ms), "process");
  engine.run();
  CHECK(journal.lines == Lines{"5 timer"});
  CHECK_FALSE(timer.armed());
}

TEST_CASE_METHOD(TimerFixture,
                 "a timer that is armed again fires at the later arming's time only") {
  Timer timer(engine, note, &journal);
  timer.arm(Time::at(5_ms));
  timer.arm(Time::at(3_ms));
  timer.arm(Time::at(8_ms));
  engine.spawn(stay_until(20_ms), "process");
  engine.run();
  CHECK(journal.lines == Lines{"8 timer"});
}

TEST_CASE_METHOD(TimerFixture, "a timer that was cancelled or destroyed does not fire") {
  Timer cancelled(engine, note, &journal);
  auto destroyed = std::make_unique<Timer>(engine, note, &journal);
  cancelled.arm(Time::at(5_ms));
  destroyed->arm(Time::at(5_ms));
  cancelled.cancel();
  cancelled.cancel();
  destroyed.reset();
  engine.spawn(stay_until(20_ms), "process");
  engine.run();
  CHECK(journal.lines.empty());
}

struct Periodic {
  explicit Periodic(TimerFixture& f)
      : fixture(f),
        timer(f.engine, [](void* self) { static_cast<Periodic*>(self)->tick(); }, this) {
    timer.arm(Time::at(4_ms));
  }
  void tick() {
    fixture.journal.note("tick");
    timer.arm(fixture.engine.now() + 4_ms);
  }
  TimerFixture& fixture;
  Timer timer;
};

TEST_CASE_METHOD(TimerFixture, "a timer can be armed by its own callback") {
  Periodic periodic(*this);
  engine.spawn(stay_until(12_ms), "process");
  engine.run();
  // At 12 ms the process was scheduled first.
  CHECK(journal.lines == Lines{"4 tick", "8 tick"});
}

TEST_CASE("a run in which only a passive timer is due is a deadlock", "[engine]") {
  VirtualClock clock;
  Engine engine(clock);
  bool fired = false;
  const auto fire = [](void* flag) { *static_cast<bool*>(flag) = true; };
  Timer passive(engine, fire, &fired, TimerKind::passive);
  passive.arm(Time::at(Duration::seconds(5)));
  const auto wait = [](Engine& own) -> Task<> {
    co_await own.sleep(Duration::seconds(2));
    Event never(own);
    co_await never.wait("what never happens");
  };
  engine.spawn(wait(engine), "waiter");
  CHECK_THROWS_AS(engine.run(), Deadlock);
  CHECK(engine.now().to_seconds() == 2);
  CHECK_FALSE(fired);
  engine.clear();
}

}  // namespace
}  // namespace wukong::engine

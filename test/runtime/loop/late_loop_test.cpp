// A loop that has more to do than time to do it in, with a wall clock that a test moves by hand.
#include <vector>

#include "runtime/loop/wall_clock.h"
#include "sim/engine/engine.h"
#include "test/catch.h"

namespace wukong::loop {
namespace {

using namespace wukong::literals;

// Waiting takes no time, and what handlers do takes as long as they say.
class HandMovedTime final : public WallTime {
 public:
  Instant now() const override { return now_; }
  void wait(boost::asio::io_context&, std::optional<Instant> due) override { now_ = due.value(); }
  void pass(std::chrono::nanoseconds time) { now_ += time; }

 private:
  Instant now_{};
};

struct LateRig {
  explicit LateRig(double speed) : clock(speed, std::unique_ptr<WallTime>(time)) {}

  HandMovedTime* const time = new HandMovedTime;
  WallClock clock;
  engine::Engine engine{clock};
};

// Each round's work comes after its sleep, and is done while nothing else can be.
engine::Task<> poll(LateRig& rig, int rounds, std::chrono::nanoseconds work) {
  for (int i = 0; i < rounds; ++i) {
    co_await rig.engine.sleep(1_ms);
    rig.time->pass(work);
  }
}

TEST_CASE("a loop whose handlers take longer than their period says how far it fell behind",
          "[runtime]") {
  LateRig rig(1);
  // Ten events are due at 1 ms; the last of them waits for nine handlers of 3 ms. Each starts the
  // next sleep when its turn comes: from then on nine others are always before it.
  for (int i = 0; i < 10; ++i)
    rig.engine.spawn(poll(rig, 5, std::chrono::milliseconds(3)), "poller");
  rig.clock.start();
  rig.engine.run();
  // 50 handlers of 3 ms, after a first sleep; the clock is read before the last handler.
  CHECK(rig.engine.now().since_start() == 1_ms + 3_ms * 49);
  CHECK(rig.clock.lag().furthest == 3_ms * 10 - 1_ms);
  CHECK(rig.clock.lag().mean > 3_ms * 5);
}

TEST_CASE("a loop that keeps up is not late", "[runtime]") {
  LateRig rig(1);
  rig.engine.spawn(poll(rig, 5, std::chrono::microseconds(500)), "poller");
  rig.clock.start();
  rig.engine.run();
  CHECK(rig.engine.now().since_start() == 5_ms);
  CHECK(rig.clock.lag().furthest == 0_ms);
}

TEST_CASE("a sleep that begins late ends as much later by the wall clock", "[runtime]") {
  for (const double speed : {0.5, 1.0, 10.0}) {
    LateRig rig(speed);
    std::vector<Duration> slept;
    const auto hold_up = [](LateRig& own) -> engine::Task<> {
      co_await own.engine.sleep(1_ms);
      own.time->pass(std::chrono::milliseconds(7));
    };
    // Due with the other one, and after it.
    const auto sleep_late = [](LateRig& own, std::vector<Duration>& times) -> engine::Task<> {
      co_await own.engine.sleep(1_ms);
      const Time begun = own.clock.now();
      co_await own.engine.sleep(5_ms);
      times.push_back(own.clock.now() - begun);
    };
    rig.engine.spawn(hold_up(rig), "holds up");
    rig.engine.spawn(sleep_late(rig, slept), "late");
    rig.clock.start();
    rig.engine.run();
    CHECK(slept == std::vector<Duration>{5_ms});
    CHECK(rig.clock.lag().furthest == scaled(7_ms, speed));
  }
}

TEST_CASE("what is overdue happens in the order in which it was due", "[runtime]") {
  LateRig rig(1);
  std::vector<int> order;
  const auto note = [](LateRig& own, Duration time, int name,
                       std::vector<int>& names) -> engine::Task<> {
    co_await own.engine.sleep(time);
    own.time->pass(std::chrono::milliseconds(10));
    names.push_back(name);
  };
  rig.engine.spawn(note(rig, 3_ms, 3, order), "third");
  rig.engine.spawn(note(rig, 2_ms, 1, order), "first");
  rig.engine.spawn(note(rig, 2_ms, 2, order), "second");
  rig.clock.start();
  rig.engine.run();
  CHECK(order == std::vector<int>{1, 2, 3});
}

TEST_CASE("a run ends at its horizon though its loop is late", "[runtime]") {
  LateRig rig(1);
  rig.engine.spawn(poll(rig, 1000, std::chrono::milliseconds(3)), "poller");
  rig.engine.spawn(poll(rig, 1000, std::chrono::milliseconds(3)), "poller");
  rig.clock.start();
  CHECK_FALSE(rig.engine.run(Time::at(100_ms)));
  CHECK(rig.engine.now() >= Time::at(100_ms));
  CHECK(rig.engine.now() <= Time::at(110_ms));
  rig.engine.clear();
}

}  // namespace
}  // namespace wukong::loop

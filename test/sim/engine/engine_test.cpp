
#include "sim/engine/engine.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "sim/engine/clock_driver.h"
#include "sim/engine/sync.h"
#include "sim/engine/timer.h"
#include "test/catch.h"
#include "test/death.h"
#include "test/journal.h"

namespace wukong::engine {
namespace {

using namespace literals;
using test::Journal;
using test::Lines;

struct EngineFixture {
  VirtualClock clock;
  Engine engine{clock};
  Journal journal{engine};
};

Task<> sleep_and_note(EngineFixture& f, Duration duration, std::string name) {
  co_await f.engine.sleep(duration);
  f.journal.note(name);
}

TEST_CASE_METHOD(EngineFixture,
                 "sleepers wake in the order of time, ties in the order of their start") {
  engine.spawn(sleep_and_note(*this, 20_ms, "a"), "sleeper");
  engine.spawn(sleep_and_note(*this, 10_ms, "b"), "sleeper");
  engine.spawn(sleep_and_note(*this, 20_ms, "c"), "sleeper");
  engine.spawn(sleep_and_note(*this, 0_ms, "d"), "sleeper");
  engine.run();
  CHECK(journal.lines == Lines{"0 d", "10 b", "20 a", "20 c"});
  CHECK(engine.now() == Time::at(20_ms));
  CHECK(engine.live_processes() == 0);
  CHECK(engine.events_handled() == 3);
}

TEST_CASE_METHOD(EngineFixture, "a run that is bounded stops there, after what is due by then") {
  engine.spawn(sleep_and_note(*this, 10_ms, "a"), "sleeper");
  engine.spawn(sleep_and_note(*this, 20_ms, "b"), "sleeper");
  engine.spawn(sleep_and_note(*this, 20_ms + 1_ns, "c"), "sleeper");
  CHECK(!engine.run(Time::at(20_ms)));
  CHECK(journal.lines == Lines{"10 a", "20 b"});
  CHECK(engine.now() == Time::at(20_ms));
  CHECK(engine.live_processes() == 1);
  CHECK(engine.run(Time::at(30_ms)));
  CHECK(journal.lines.size() == 3);
}

TEST_CASE_METHOD(EngineFixture,
                 "between two events the clock of a bounded run stands at the bound") {
  engine.spawn(sleep_and_note(*this, 20_ms, "a"), "sleeper");
  CHECK(!engine.run(Time::at(15_ms)));
  CHECK(engine.now() == Time::at(15_ms));
  CHECK(journal.lines.empty());
  CHECK(engine.run());
  CHECK(journal.lines == Lines{"20 a"});
}

TEST_CASE_METHOD(EngineFixture, "a deadlock before the bound is a deadlock") {
  Event never(engine);
  const auto waits = [](Event& event) -> Task<> { co_await event.wait("a bus"); };
  engine.spawn(waits(never), "passenger");
  CHECK_THROWS_AS(engine.run(Time::at(1_s)), Deadlock);
}

TEST_CASE_METHOD(EngineFixture, "a process that is spawned starts after what is ready already") {
  const auto parent = [](EngineFixture& f) -> Task<> {
    f.engine.spawn(sleep_and_note(f, 0_ms, "child"), "child");
    f.journal.note("parent");
    co_return;
  };
  engine.spawn(parent(*this), "parent");
  engine.spawn(sleep_and_note(*this, 0_ms, "sibling"), "sibling");
  engine.run();
  CHECK(journal.lines == Lines{"0 parent", "0 sibling", "0 child"});
}

TEST_CASE_METHOD(EngineFixture, "a sleep that is over already does not give way") {
  const auto process = [](EngineFixture& f) -> Task<> {
    f.engine.spawn(sleep_and_note(f, 0_ms, "other"), "other");
    co_await f.engine.sleep(0_ms);
    co_await f.engine.sleep(Duration::nanoseconds(-5));
    co_await f.engine.sleep_until(Time::zero());
    f.journal.note("still here");
  };
  engine.spawn(process(*this), "process");
  engine.run();
  CHECK(journal.lines == Lines{"0 still here", "0 other"});
}

TEST_CASE_METHOD(EngineFixture, "a sleep beyond the end of time does not wrap around") {
  const auto process = [](EngineFixture& f) -> Task<> {
    co_await f.engine.sleep(1_ms);
    co_await f.engine.sleep(Duration::max());
    f.journal.note("woke");
  };
  engine.spawn(process(*this), "process");
  engine.run();
  CHECK(engine.now() == Time::max());
}

TEST_CASE_METHOD(EngineFixture, "run goes on where the last run ended") {
  engine.spawn(sleep_and_note(*this, 5_ms, "first"), "process");
  engine.run();
  engine.spawn(sleep_and_note(*this, 5_ms, "second"), "process");
  engine.run();
  CHECK(journal.lines == Lines{"5 first", "10 second"});
}

TEST_CASE_METHOD(EngineFixture, "a run does not wait for a daemon") {
  const auto server = [](EngineFixture& f) -> Task<> {
    while (true) {
      co_await f.engine.sleep(4_ms);
      f.journal.note("tick");
    }
  };
  engine.spawn_daemon(server(*this), "server");
  engine.spawn(sleep_and_note(*this, 10_ms, "work"), "work");
  engine.run();
  CHECK(journal.lines == Lines{"4 tick", "8 tick", "10 work"});
}

TEST_CASE_METHOD(EngineFixture, "an exception leaves the run, and the others can go on") {
  const auto failing = [](EngineFixture& f) -> Task<> {
    co_await f.engine.sleep(1_ms);
    throw std::runtime_error("broken");
  };
  engine.spawn(failing(*this), "failing");
  engine.spawn(sleep_and_note(*this, 1_ms, "same instant"), "other");
  CHECK_THROWS_WITH(engine.run(), "broken");
  CHECK(journal.lines.empty());
  CHECK(engine.live_processes() == 1);
  engine.run();
  CHECK(journal.lines == Lines{"1 same instant"});
}

TEST_CASE_METHOD(EngineFixture, "an exception before the first wait leaves the run too") {
  const auto failing = []() -> Task<> {
    throw std::runtime_error("at once");
    co_return;
  };
  engine.spawn_daemon(failing(), "failing");
  engine.spawn(sleep_and_note(*this, 1_ms, "other"), "other");
  CHECK_THROWS_WITH(engine.run(), "at once");
}

TEST_CASE_METHOD(EngineFixture, "a deadlock is reported with who waits, for what, and since when") {
  Event never(engine);
  const auto waiter = [](EngineFixture& f, Event& event, Duration first,
                         const char* reason) -> Task<> {
    co_await f.engine.sleep(first);
    co_await event.wait(reason);
  };
  engine.spawn(waiter(*this, never, 1500_ms, "its inputs"), "executor");
  engine.spawn(waiter(*this, never, 2_s, "the proxy"), "client");
  engine.spawn_daemon(waiter(*this, never, 1_s, "requests"), "server");
  std::string report;
  try {
    engine.run();
  } catch (const Deadlock& deadlock) {
    report = deadlock.what();
  }
  CHECK(report ==
        "deadlock at 2.000000 s: 2 processes wait and nothing is due\n"
        "  executor #0 waits for its inputs since 1.500000 s\n"
        "  client #1 waits for the proxy since 2.000000 s");
}

TEST_CASE_METHOD(EngineFixture, "a deadlock of many lists the first twenty") {
  Event never(engine);
  const auto waiter = [](Event& event) -> Task<> { co_await event.wait(); };
  for (int i = 0; i < 30; ++i) engine.spawn(waiter(never), "process");
  try {
    engine.run();
    FAIL("no deadlock");
  } catch (const Deadlock& deadlock) {
    const std::string report = deadlock.what();
    CHECK(std::count(report.begin(), report.end(), '\n') == 21);
    CHECK_THAT(report, Catch::Contains("30 processes wait") && Catch::EndsWith("..."));
  }
}

// A clock on which something arrives from outside at 3 ms and 7 ms.
class ArrivingClock : public ClockDriver {
 public:
  bool runs_by_itself() const override { return false; }
  std::optional<Time> advance(std::optional<Time> next) override {
    for (const Time arrival : {Time::at(3_ms), Time::at(7_ms)}) {
      if (arrival <= last_ || (next && *next < arrival)) continue;
      last_ = arrival;
      arrived(arrival);
      return arrival;
    }
    return next;
  }
  std::function<void(Time)> arrived;

 private:
  Time last_;
};

TEST_CASE("what arrives from outside is handled at the instant that the clock reached") {
  ArrivingClock clock;
  Engine engine(clock);
  Journal journal(engine);
  Channel<int> inbox(engine);
  clock.arrived = [&](Time time) { inbox.send(static_cast<int>(time.count_ns() / 1'000'000)); };
  const auto reader = [](Journal& notes, Channel<int>& channel) -> Task<> {
    for (int i = 0; i < 2; ++i) {
      const int message = co_await channel.receive();
      notes.note("received " + std::to_string(message));
    }
  };
  const auto sleeper = [](Engine& its_engine, Journal& notes) -> Task<> {
    co_await its_engine.sleep(5_ms);
    notes.note("slept");
  };
  engine.spawn(reader(journal, inbox), "reader");
  engine.spawn(sleeper(engine, journal), "sleeper");
  engine.run();
  CHECK(journal.lines == Lines{"3 received 3", "5 slept", "7 received 7"});
}

TEST_CASE("an arrival may cancel the event that the clock was waiting for") {
  ArrivingClock clock;
  Engine engine(clock);
  Journal journal(engine);
  Timer timer(engine, [](void* notes) { static_cast<Journal*>(notes)->note("timer"); }, &journal);
  timer.arm(Time::at(3_ms));
  clock.arrived = [&](Time) { timer.cancel(); };
  const auto sleeper = [](Engine& its_engine) -> Task<> { co_await its_engine.sleep(5_ms); };
  engine.spawn(sleeper(engine), "sleeper");
  engine.run();
  CHECK(journal.lines.empty());
  CHECK(engine.now() == Time::at(5_ms));
}

TEST_CASE_METHOD(EngineFixture, "a failed invariant names the simulated time and the process") {
  const auto process = [](EngineFixture& f) -> Task<> {
    co_await f.engine.sleep(1500_ms);
    ENSURE(f.engine.live_processes() == 77, f.engine.live_processes());
  };
  engine.spawn(process(*this), "executor");
  const std::string words = test::dying_words([this] { engine.run(); });
  CHECK_THAT(words, Catch::Contains("live_processes() == 77"));
  CHECK_THAT(words, Catch::Contains("at simulated time 1.500000 s, in process executor #0"));
}

TEST_CASE_METHOD(EngineFixture, "misuse of the engine is found") {
  using test::dying_words;
  CHECK(dying_words([this] { engine.spawn(Task<>(), "empty"); }) != "");
  const auto suicide = [](EngineFixture& f, Process** self) -> Task<> {
    f.engine.kill(**self);
    co_return;
  };
  Process* self = nullptr;
  self = &engine.spawn(suicide(*this, &self), "suicide");
  CHECK_THAT(dying_words([this] { engine.run(); }), Catch::Contains("cannot kill itself"));
}

}  // namespace
}  // namespace wukong::engine

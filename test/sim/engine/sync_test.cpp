
#include "sim/engine/sync.h"

#include <memory>
#include <stdexcept>

#include "sim/engine/clock_driver.h"
#include "test/catch.h"
#include "test/journal.h"

namespace wukong::engine {
namespace {

using namespace literals;
using test::Farewell;
using test::Journal;
using test::Lines;

struct SyncFixture {
  VirtualClock clock;
  Engine engine{clock};
  Journal journal{engine};
};

Task<> wait_on(SyncFixture& f, Event& event, std::string name) {
  co_await event.wait();
  f.journal.note(name);
}

TEST_CASE_METHOD(SyncFixture, "an event wakes all who wait, in the order of their arrival") {
  Event event(engine);
  for (const char* name : {"a", "b", "c"}) engine.spawn(wait_on(*this, event, name), name);
  const auto setter = [](SyncFixture& f, Event& its_event) -> Task<> {
    co_await f.engine.sleep(3_ms);
    its_event.set();
    its_event.reset();  // whoever was woken stays woken
    f.journal.note("set");
  };
  engine.spawn(setter(*this, event), "setter");
  engine.run();
  CHECK(journal.lines == Lines{"3 set", "3 a", "3 b", "3 c"});
}

TEST_CASE_METHOD(SyncFixture,
                 "nobody waits for an event that is set, and everybody after its reset") {
  Event event(engine);
  event.set();
  engine.spawn(wait_on(*this, event, "passed"), "process");
  engine.run();
  CHECK(journal.lines == Lines{"0 passed"});
  event.reset();
  CHECK_FALSE(event.is_set());
  engine.spawn(wait_on(*this, event, "passed"), "process");
  CHECK_THROWS_AS(engine.run(), Deadlock);
}

Task<> hold(SyncFixture& f, Semaphore& semaphore, Duration duration, std::string name) {
  const auto permit = co_await semaphore.acquire();
  f.journal.note(name);
  co_await f.engine.sleep(duration);
}

TEST_CASE_METHOD(SyncFixture,
                 "a semaphore lets in as many as it has permits, first come first served") {
  // Two permits, holds of 4, 6, 5, 1 ms: c begins when a ends (4), d when b ends (6).
  Semaphore semaphore(engine, 2);
  engine.spawn(hold(*this, semaphore, 4_ms, "a"), "a");
  engine.spawn(hold(*this, semaphore, 6_ms, "b"), "b");
  engine.spawn(hold(*this, semaphore, 5_ms, "c"), "c");
  engine.spawn(hold(*this, semaphore, 1_ms, "d"), "d");
  engine.run();
  CHECK(journal.lines == Lines{"0 a", "0 b", "4 c", "6 d"});
  CHECK(engine.now() == Time::at(9_ms));
  CHECK(semaphore.available() == 2);
}

TEST_CASE_METHOD(SyncFixture, "nobody overtakes who was granted a permit and has not run yet") {
  Semaphore semaphore(engine, 1);
  const auto greedy = [](SyncFixture& f, Semaphore& its_semaphore) -> Task<> {
    for (int i = 0; i < 2; ++i) {
      const auto permit = co_await its_semaphore.acquire();
      f.journal.note("greedy");
      co_await f.engine.sleep(1_ms);
    }
  };
  engine.spawn(greedy(*this, semaphore), "greedy");
  engine.spawn(hold(*this, semaphore, 1_ms, "patient"), "patient");
  engine.run();
  CHECK(journal.lines == Lines{"0 greedy", "1 patient", "2 greedy"});
}

TEST_CASE_METHOD(SyncFixture, "a permit that is assigned over is given back at once") {
  Semaphore first(engine, 1), second(engine, 1);
  const auto process = [](Semaphore& a, Semaphore& b) -> Task<> {
    auto permit = co_await a.acquire();
    auto other = co_await b.acquire();
    CHECK(a.available() + b.available() == 0);
    permit = std::move(other);
    CHECK(a.available() == 1);
    CHECK(b.available() == 0);
  };
  engine.spawn(process(first, second), "process");
  engine.run();
  CHECK(second.available() == 1);
}

TEST_CASE_METHOD(SyncFixture, "a channel delivers messages in order, each once") {
  Channel<std::unique_ptr<int>> channel(engine);
  const auto receiver = [](SyncFixture& f, Channel<std::unique_ptr<int>>& its_channel,
                           std::string name) -> Task<> {
    for (int i = 0; i < 2; ++i) {
      const std::unique_ptr<int> message = co_await its_channel.receive();
      f.journal.note(name + std::to_string(*message));
      co_await f.engine.sleep(1_ms);
    }
  };
  engine.spawn(receiver(*this, channel, "a"), "a");
  engine.spawn(receiver(*this, channel, "b"), "b");
  const auto sender = [](Channel<std::unique_ptr<int>>& its_channel) -> Task<> {
    for (int i = 0; i < 4; ++i) its_channel.send(std::make_unique<int>(i));
    co_return;
  };
  engine.spawn(sender(channel), "sender");
  engine.run();
  CHECK(journal.lines == Lines{"0 a0", "0 b1", "1 a2", "1 b3"});
  CHECK(channel.empty());
}

TEST_CASE_METHOD(SyncFixture,
                 "a message that a woken receiver will take is not offered to others") {
  Channel<int> channel(engine);
  const auto receiver = [](SyncFixture& f, Channel<int>& its_channel) -> Task<> {
    const int message = co_await its_channel.receive();
    f.journal.note(std::to_string(message));
  };
  const auto sender = [](Channel<int>& its_channel) -> Task<> {
    its_channel.send(1);
    CHECK(its_channel.empty());
    CHECK_FALSE(its_channel.try_receive());
    its_channel.send(2);
    CHECK(its_channel.size() == 1);
    co_return;
  };
  engine.spawn(receiver(*this, channel), "receiver");
  engine.spawn(sender(channel), "sender");
  engine.run();
  CHECK(journal.lines == Lines{"0 1"});
  CHECK(channel.try_receive() == 2);
}

Task<> work(SyncFixture& f, Duration duration, std::string name) {
  const Farewell farewell{f.journal, name};
  co_await f.engine.sleep(duration);
}

TEST_CASE_METHOD(SyncFixture, "a group is joined when its last child has ended") {
  const auto parent = [](SyncFixture& f) -> Task<> {
    TaskGroup group(f.engine);
    co_await group.join();  // nobody to wait for
    for (const int ms : {5, 9, 1}) {
      group.spawn(work(f, Duration::milliseconds(ms), std::to_string(ms)), "child");
    }
    CHECK(group.running() == 3);
    co_await group.join();
    f.journal.note("joined");
    group.spawn(work(f, 1_ms, "again"), "child");
    co_await group.join();
    f.journal.note("joined");
  };
  engine.spawn(parent(*this), "parent");
  engine.run();
  CHECK(journal.lines == Lines{"1 end of 1", "5 end of 5", "9 end of 9", "9 joined",
                               "10 end of again", "10 joined"});
}

Task<> parent_of_two(SyncFixture& f) {
  const Farewell farewell{f.journal, "parent"};
  TaskGroup group(f.engine);
  group.spawn(work(f, 50_ms, "one"), "child");
  group.spawn(work(f, 60_ms, "two"), "child");
  co_await group.join();
}

TEST_CASE_METHOD(SyncFixture, "killing a parent kills the children of its group first") {
  Process& parent = engine.spawn(parent_of_two(*this), "parent");
  const auto killer = [](Engine& its_engine, Process& victim) -> Task<> {
    co_await its_engine.sleep(5_ms);
    its_engine.kill(victim);
  };
  engine.spawn(killer(engine, parent), "killer");
  engine.run();
  CHECK(journal.lines == Lines{"5 end of one", "5 end of two", "5 end of parent"});
  CHECK(engine.now() == Time::at(5_ms));
}

TEST_CASE_METHOD(SyncFixture, "a parent that leaves its group's scope leaves no child behind") {
  const auto parent = [](SyncFixture& f) -> Task<> {
    {
      TaskGroup group(f.engine);
      group.spawn(work(f, 50_ms, "child"), "child");
      co_await f.engine.sleep(2_ms);
    }
    f.journal.note("left");
  };
  engine.spawn(parent(*this), "parent");
  engine.run();
  CHECK(journal.lines == Lines{"2 end of child", "2 left"});
  CHECK(engine.now() == Time::at(2_ms));
}

TEST_CASE_METHOD(SyncFixture,
                 "a child's exception ends the run and not silently its parent's join") {
  const auto failing = []() -> Task<> {
    throw std::runtime_error("child failed");
    co_return;
  };
  const auto parent = [&failing](SyncFixture& f) -> Task<> {
    TaskGroup group(f.engine);
    group.spawn(failing(), "child");
    co_await group.join();
    f.journal.note("joined");
  };
  engine.spawn(parent(*this), "parent");
  CHECK_THROWS_WITH(engine.run(), "child failed");
  CHECK(journal.lines.empty());
  engine.clear();
}

}  // namespace
}  // namespace wukong::engine

// A process is killed in every state: destroying its frame must cancel whatever it waits for.
#include <functional>
#include <memory>
#include <optional>

#include "sim/engine/clock_driver.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/sync.h"
#include "test/catch.h"
#include "test/death.h"
#include "test/journal.h"

namespace wukong::engine {
namespace {

using namespace literals;
using test::Farewell;
using test::Journal;
using test::Lines;

struct KillFixture {
  VirtualClock clock;
  Engine engine{clock};
  Journal journal{engine};
};

Task<> do_at(Engine& engine, Duration time, std::function<void()> action) {
  co_await engine.sleep(time);
  action();
}

Task<> sleep_for(KillFixture& f, Duration duration) {
  const Farewell farewell{f.journal, "sleep"};
  co_await f.engine.sleep(duration);
  f.journal.note("woke");
}

TEST_CASE_METHOD(KillFixture, "a process that is killed while it sleeps never wakes") {
  Process& victim = engine.spawn(sleep_for(*this, 10_ms), "victim");
  engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(victim); }), "killer");
  engine.run();
  CHECK(journal.lines == Lines{"5 end of sleep"});
  CHECK(engine.now() == Time::at(5_ms));
  CHECK(engine.events().empty());
  CHECK(engine.live_processes() == 0);
}

TEST_CASE_METHOD(KillFixture, "a process can be killed at the instant at which it would wake") {
  std::optional<Process*> victim;
  engine.spawn(do_at(engine, 10_ms, [&] { engine.kill(**victim); }), "killer");
  victim = &engine.spawn(sleep_for(*this, 10_ms), "victim");
  engine.run();
  CHECK(journal.lines == Lines{"10 end of sleep"});
}

TEST_CASE_METHOD(KillFixture, "a process can be killed before it has begun") {
  auto life = std::make_shared<int>();
  const auto body = [](KillFixture& f, std::shared_ptr<int>) -> Task<> {
    f.journal.note("began");
    co_return;
  };
  Process& victim = engine.spawn(body(*this, life), "victim");
  CHECK(life.use_count() == 2);
  engine.kill(victim);
  CHECK(life.use_count() == 1);
  engine.run();
  CHECK(journal.lines.empty());
}

Task<> nested_sleep(KillFixture& f, int depth) {
  const Farewell farewell{f.journal, std::to_string(depth)};
  if (depth > 0) co_await nested_sleep(f, depth - 1);
  co_await f.engine.sleep(10_ms);
}

TEST_CASE_METHOD(KillFixture, "killing a process unwinds its nested tasks from the inside out") {
  Process& victim = engine.spawn(nested_sleep(*this, 2), "victim");
  engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(victim); }), "killer");
  engine.run();
  CHECK(journal.lines == Lines{"5 end of 0", "5 end of 1", "5 end of 2"});
}

Task<> wait_for_event(KillFixture& f, Event& event, std::string name) {
  co_await event.wait();
  f.journal.note(name);
}

TEST_CASE_METHOD(KillFixture, "an event wakes those who wait and not whom was killed") {
  Event event(engine);
  engine.spawn(wait_for_event(*this, event, "a"), "a");
  Process& victim = engine.spawn(wait_for_event(*this, event, "victim"), "victim");
  engine.spawn(wait_for_event(*this, event, "b"), "b");
  SECTION("while it waited") {
    engine.spawn(do_at(engine, 1_ms, [&] { engine.kill(victim), event.set(); }), "killer");
  }
  SECTION("between being woken and being resumed") {
    engine.spawn(do_at(engine, 1_ms, [&] { event.set(), engine.kill(victim); }), "killer");
  }
  engine.run();
  CHECK(journal.lines == Lines{"1 a", "1 b"});
}

Task<> hold_semaphore(KillFixture& f, Semaphore& semaphore, Duration duration, std::string name) {
  const auto permit = co_await semaphore.acquire();
  f.journal.note(name);
  co_await f.engine.sleep(duration);
}

TEST_CASE_METHOD(KillFixture, "killing a permit's holder gives the permit to the next in line") {
  Semaphore semaphore(engine, 1);
  Process& victim = engine.spawn(hold_semaphore(*this, semaphore, 100_ms, "victim"), "victim");
  engine.spawn(hold_semaphore(*this, semaphore, 1_ms, "next"), "next");
  engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(victim); }), "killer");
  engine.run();
  CHECK(journal.lines == Lines{"0 victim", "5 next"});
  CHECK(semaphore.available() == 1);
}

TEST_CASE_METHOD(KillFixture, "killing who waits for a permit does not lose the permit") {
  Semaphore semaphore(engine, 1);
  Process& holder = engine.spawn(hold_semaphore(*this, semaphore, 100_ms, "holder"), "holder");
  Process& victim = engine.spawn(hold_semaphore(*this, semaphore, 1_ms, "victim"), "victim");
  engine.spawn(hold_semaphore(*this, semaphore, 1_ms, "next"), "next");
  SECTION("while it waits") {
    engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(victim), engine.kill(holder); }), "killer");
  }
  SECTION("between being granted it and being resumed") {
    engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(holder), engine.kill(victim); }), "killer");
  }
  engine.run();
  CHECK(journal.lines == Lines{"0 holder", "5 next"});
  CHECK(semaphore.available() == 1);
}

Task<> receive_one(KillFixture& f, Channel<int>& channel, std::string name) {
  const int message = co_await channel.receive();
  f.journal.note(name + " " + std::to_string(message));
}

TEST_CASE_METHOD(KillFixture, "killing who waits for a message leaves the message to the next") {
  Channel<int> channel(engine);
  Process& victim = engine.spawn(receive_one(*this, channel, "victim"), "victim");
  engine.spawn(receive_one(*this, channel, "next"), "next");
  SECTION("while it waits") {
    engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(victim), channel.send(7); }), "killer");
  }
  SECTION("between being woken and being resumed") {
    engine.spawn(do_at(engine, 5_ms, [&] { channel.send(7), engine.kill(victim); }), "killer");
  }
  engine.run();
  CHECK(journal.lines == Lines{"5 next 7"});
  CHECK(channel.empty());
}

TEST_CASE_METHOD(KillFixture, "killing woken receivers keeps the messages in order") {
  Channel<int> channel(engine);
  Process& first = engine.spawn(receive_one(*this, channel, "first"), "first");
  Process& second = engine.spawn(receive_one(*this, channel, "second"), "second");
  engine.spawn(do_at(engine, 5_ms,
                     [&] {
                       for (const int message : {1, 2, 3}) channel.send(message);
                       engine.kill(first);
                       engine.kill(second);
                     }),
               "killer");
  engine.run();
  CHECK(channel.size() == 3);
  for (const int message : {1, 2, 3}) CHECK(channel.try_receive() == message);
}

TEST_CASE_METHOD(KillFixture, "clearing the engine destroys every process, daemons too") {
  engine.spawn(sleep_for(*this, 10_ms), "process");
  engine.spawn_daemon(sleep_for(*this, 10_ms), "daemon");
  engine.spawn(do_at(engine, 5_ms, [] { throw 1; }), "thrower");
  CHECK_THROWS_AS(engine.run(), int);
  engine.clear();
  CHECK(journal.lines == Lines{"5 end of sleep", "5 end of sleep"});
  CHECK(engine.live_processes() == 0);
  CHECK(engine.events().empty());
  engine.run();
}

struct KillsOnExit {
  Engine& engine;
  Process*& victim;
  ~KillsOnExit() { engine.kill(*victim); }
};

Task<> kill_on_exit(Engine& engine, Process*& victim) {
  const KillsOnExit guard{engine, victim};
  co_await engine.sleep(10_ms);
}

TEST_CASE_METHOD(KillFixture, "a destructor may kill another process, and not its own") {
  Process* target = nullptr;
  Process& victim = engine.spawn(kill_on_exit(engine, target), "victim");
  engine.spawn(do_at(engine, 5_ms, [&] { engine.kill(victim); }), "killer");
  SECTION("another") {
    target = &engine.spawn(sleep_for(*this, 10_ms), "target");
    engine.run();
    CHECK(journal.lines == Lines{"5 end of sleep"});
  }
  SECTION("its own") {
    target = &victim;
    CHECK_THAT(test::dying_words([this] { engine.run(); }), Catch::Contains("leaving"));
    target = &engine.spawn(sleep_for(*this, 10_ms), "target");
    engine.run();
  }
}

}  // namespace
}  // namespace wukong::engine

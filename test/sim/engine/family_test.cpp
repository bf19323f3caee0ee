#include "sim/engine/family.h"

#include <optional>

#include "sim/engine/clock_driver.h"
#include "test/catch.h"
#include "test/journal.h"

namespace wukong::engine {
namespace {

using namespace literals;
using test::Journal;
using test::Lines;

struct FamilyFixture {
  VirtualClock clock;
  Engine engine{clock};
  Journal journal{engine};
};

Task<> sleep(FamilyFixture& f, Duration duration, std::string name) {
  co_await f.engine.sleep(duration);
  f.journal.note(name);
}

Task<> spawn_another(FamilyFixture& f) {
  co_await f.engine.sleep(1_ms);
  f.engine.spawn(sleep(f, 10_ms, "grandchild"), "grandchild");
  f.journal.note("child");
}

Task<> wait_for(FamilyFixture& f, Family& family) {
  co_await family.ended();
  f.journal.note("ended");
}

TEST_CASE_METHOD(FamilyFixture, "a family ends with the last of all whom its members spawned") {
  Family family(engine);
  engine.spawn_in(family, spawn_another(*this), "child");
  engine.spawn(sleep(*this, 30_ms, "stranger"), "stranger");
  engine.spawn(wait_for(*this, family), "waiter");
  CHECK(family.live() == 1);
  engine.run();
  CHECK(journal.lines == Lines{"1 child", "11 grandchild", "11 ended", "30 stranger"});
  CHECK(family.live() == 0);
}

Task<> serve(FamilyFixture& f) {
  f.engine.spawn_daemon(sleep(f, 50_ms, "daemon"), "daemon");
  co_await f.engine.sleep(1_ms);
}

TEST_CASE_METHOD(FamilyFixture, "nobody waits for a family's daemons, and they go with it") {
  std::optional<Family> family(std::in_place, engine);
  engine.spawn_in(*family, serve(*this), "server");
  engine.spawn(wait_for(*this, *family), "waiter");
  engine.run();
  CHECK(journal.lines == Lines{"1 ended"});
  engine.spawn(sleep(*this, 100_ms, "later"), "later");
  family.reset();
  engine.run();
  CHECK(journal.lines == Lines{"1 ended", "101 later"});
}

Task<> own_a_family(FamilyFixture& f) {
  Family family(f.engine);
  f.engine.spawn_in(family, sleep(f, 10_ms, "member"), "member");
  f.engine.spawn_in(family, sleep(f, 20_ms, "member"), "member");
  co_await f.engine.sleep(1_s);
}

TEST_CASE_METHOD(FamilyFixture, "an engine that is cleared in the midst leaves no member") {
  engine.spawn(own_a_family(*this), "owner");
  engine.run(Time::at(15_ms));
  CHECK(engine.live_processes() == 2);
  CHECK(engine.describe_waiting().find("member") != std::string::npos);
  engine.clear();
  CHECK(engine.live_processes() == 0);
  CHECK(journal.lines == Lines{"10 member"});
}

}  // namespace
}  // namespace wukong::engine

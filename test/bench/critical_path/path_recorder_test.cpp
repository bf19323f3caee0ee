// On processes that a test makes: where the path goes, and what its time is called.
#include "bench/critical_path/path_recorder.h"

#include "bench/run/run_result.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/span.h"
#include "sim/engine/sync.h"
#include "sim/engine/timer.h"
#include "test/catch.h"

namespace wukong::critical_path {
namespace {

using namespace wukong::literals;
using engine::FactUse;
using engine::Span;
using engine::SpanKind;
using engine::Task;
using run::PathPart;

class Bed {
 public:
  Bed() {
    engine.watch(&recorder);
    engine.watch_wakes(&recorder);
    recorder.host(0, engine::HostKind::machine, "worker");
  }
  // Works for a time under a name.
  Task<> work(const char* name, Duration time, SpanKind kind = SpanKind::work) {
    const Span span(engine, {kind, name, 0});
    co_await engine.sleep(time);
  }
  void has_result() { engine.tell_fact(FactUse::last, this); }

  // Each segment as "name begin..end", in seconds.
  std::vector<std::string> path() {
    engine.run();
    run::RunResult result;
    result.completed = true;
    result.makespan = end.since_start();
    recorder.finish(engine.now(), result);
    std::vector<std::string> texts;
    for (const run::PathSegment& segment : recorder.path()->segments)
      texts.push_back(segment.what + " " + std::to_string(segment.begin.count_ns() / 1000000000) +
                      ".." + std::to_string(segment.end.count_ns() / 1000000000));
    return texts;
  }

  engine::VirtualClock clock;
  PathRecorder recorder;
  engine::Engine engine{clock};
  engine::Event event{engine};
  Time end;
  bool done = false;
};

using Path = std::vector<std::string>;

// Ends the run.
void finish(Bed& bed) {
  bed.end = bed.engine.now();
  bed.has_result();
}

Task<> work_and_set(Bed& bed, Duration time) {
  co_await bed.work("slow", time);
  bed.event.set();
  co_await bed.work("afterwards", 10_s);
}

Task<> wait_for_event(Bed& bed, Duration first) {
  co_await bed.work("quick", first);
  co_await bed.event.wait();
  co_await bed.work("last", 1_s);
  finish(bed);
}

TEST_CASE("the path goes to who ended a wait, and does not know what he did later",
          "[critical_path]") {
  Bed bed;
  bed.engine.spawn(work_and_set(bed, 3_s), "other");
  bed.engine.spawn(wait_for_event(bed, 1_s), "client");
  CHECK(bed.path() == Path{"slow 0..3", "last 3..4"});
}

TEST_CASE("the path stays with who did not have to wait", "[critical_path]") {
  Bed bed;
  bed.engine.spawn(work_and_set(bed, 3_s), "other");
  bed.engine.spawn(wait_for_event(bed, 5_s), "client");
  CHECK(bed.path() == Path{"quick 0..5", "last 5..6"});
}

Task<> leave(Bed& bed, Duration time) {
  co_await bed.work("slow", time);
  bed.done = true;
  bed.engine.tell_fact(FactUse::left, &bed.done);
}

Task<> poll(Bed& bed, SpanKind kind) {
  while (!bed.done) co_await bed.work("next poll", 2_s, kind);
  bed.engine.tell_fact(FactUse::found, &bed.done);
  finish(bed);
}

TEST_CASE("of a poll only the time after what it was for is the poll's", "[critical_path]") {
  Bed bed;
  bed.engine.spawn(leave(bed, 5_s), "other");
  bed.engine.spawn(poll(bed, SpanKind::wait), "client");
  CHECK(bed.path() == Path{"slow 0..5", "next poll 5..6"});
  CHECK(bed.recorder.path()->of(PathPart::poll) == 1_s);
}

TEST_CASE("who works between two looks would not have found it earlier", "[critical_path]") {
  Bed bed;
  bed.engine.spawn(leave(bed, 5_s), "other");
  bed.engine.spawn(poll(bed, SpanKind::work), "client");
  CHECK(bed.path() == Path{"next poll 0..6"});
}

Task<> hang(Bed& bed) { co_await bed.work("hangs", Duration::seconds(1000)); }

Task<> again(Bed& bed) {
  co_await bed.work("again", 1_s);
  finish(bed);
}

struct Limit {
  Bed& bed;
  engine::Process* process;
};

TEST_CASE("what a time limit ends is why its retry begins", "[critical_path]") {
  Bed bed;
  Limit limit{bed, &bed.engine.spawn(hang(bed), "hangs")};
  engine::Timer timer(
      bed.engine,
      [](void* self) {
        auto& over = *static_cast<Limit*>(self);
        over.bed.engine.kill(*over.process);
        over.bed.engine.spawn(again(over.bed), "again");
      },
      &limit);
  timer.arm(Time::at(2_s));
  CHECK(bed.path() == Path{"hangs 0..2", "again 2..3"});
}

Task<> message(Bed& bed) {
  co_await bed.event.wait("a message");
  finish(bed);
}

Task<> send(Bed& bed) {
  co_await bed.work("slow", 3_s);
  bed.engine.tell_fact(FactUse::left, &bed.event);
}

TEST_CASE("a message that no process carries leads to its sender", "[critical_path]") {
  Bed bed;
  bed.engine.spawn(send(bed), "sender");
  bed.engine.spawn(message(bed), "client");
  engine::Timer timer(
      bed.engine,
      [](void* self) {
        auto& arrived = *static_cast<Bed*>(self);
        arrived.engine.tell_fact(FactUse::found, &arrived.event);
        arrived.event.set();
      },
      &bed);
  timer.arm(Time::at(4_s));
  CHECK(bed.path() == Path{"slow 0..3", "a message 3..4"});
}

Task<> child(Bed& bed, Duration time) { co_await bed.engine.sleep(time, "its part"); }

Task<> parent(Bed& bed) {
  const Span span(bed.engine, {SpanKind::work, "both", 0});
  engine::TaskGroup children(bed.engine);
  children.spawn(child(bed, 2_s), "child");
  children.spawn(child(bed, 3_s), "child");
  co_await children.join();
  finish(bed);
}

TEST_CASE("what a child does counts as what its parent waits in", "[critical_path]") {
  Bed bed;
  bed.engine.spawn(parent(bed), "client");
  CHECK(bed.path() == Path{"both 0..3"});
}

Task<> idle(Bed& bed) {
  for (int i = 0; i < 1000; ++i) {
    bed.engine.spawn(child(bed, 1_ns), "child");
    co_await bed.engine.sleep(2_ns, "its turn");
  }
  finish(bed);
}

TEST_CASE("what cannot be on the path any more is forgotten", "[critical_path]") {
  Bed bed;
  bed.engine.spawn(idle(bed), "client");
  bed.path();
  CHECK(bed.recorder.most_nodes() < 1010);
}

}  // namespace
}  // namespace wukong::critical_path

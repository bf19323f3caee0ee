
#include "sim/engine/span.h"

#include <string>
#include <vector>

#include "sim/engine/clock_driver.h"
#include "sim/engine/sync.h"
#include "sim/engine/trace.h"
#include "test/catch.h"

namespace wukong::engine {
namespace {

using namespace wukong::literals;

// Writes down what it is told, with milliseconds.
class Listener final : public SpanSink {
 public:
  std::vector<std::string> told;

  void host(uint32_t host, HostKind kind, std::string_view name) override {
    told.push_back("host " + std::to_string(host) + " is " + std::string(name) +
                   (kind == HostKind::function ? ", a function" : ", a machine"));
  }
  uint32_t begin(Time time, uint32_t process, const SpanStart& start) override {
    add(time, "process " + std::to_string(process) + " on " + std::to_string(start.host) + ": " +
                  start.name + " " + std::to_string(start.subject) + " as " +
                  std::to_string(next_));
    return next_++;
  }
  void note(uint32_t span, const char* key, int64_t value) override {
    told.push_back(std::to_string(span) + " has " + key + " " + std::to_string(value));
  }
  void end(Time time, uint32_t span) override { add(time, "end of " + std::to_string(span)); }
  void link(Time time, uint32_t span, InvocationLink link, uint32_t invocation) override {
    const char* const verb = link == InvocationLink::cause ? " causes " : " is caused by ";
    add(time, std::to_string(span) + verb + std::to_string(invocation));
  }
  void moment(Time time, const Moment& moment) override {
    const char* const verb = moment.kind == MomentKind::level ? " is " : " ";
    add(time, std::string(moment.name) + verb + std::to_string(moment.value));
  }

 private:
  void add(Time time, const std::string& what) {
    told.push_back(std::to_string(time.count_ns() / 1'000'000) + " ms: " + what);
  }
  uint32_t next_ = 0;
};

using Told = std::vector<std::string>;

struct SpanFixture {
  VirtualClock clock;
  Engine engine{clock};
  Listener listener;
};

Task<> inner(Engine& engine) {
  Span span(engine, {SpanKind::object, "get", 5, 12});
  span.note("bytes", 100);
  co_await engine.sleep(20_ms);
}

Task<> outer(Engine& engine) {
  const Span span(engine, {SpanKind::task, "task", 5, 3});
  co_await engine.sleep(10_ms);
  co_await inner(engine);
  co_await engine.sleep(10_ms);
}

TEST_CASE_METHOD(SpanFixture, "a span lasts from its making to its end, with what is inside it",
                 "[trace]") {
  engine.watch(&listener);
  engine.spawn(outer(engine), "executor");
  engine.run();
  CHECK(listener.told == Told{"0 ms: process 0 on 5: task 3 as 0",
                              "10 ms: process 0 on 5: get 12 as 1", "1 has bytes 100",
                              "30 ms: end of 1", "40 ms: end of 0"});
}

TEST_CASE_METHOD(SpanFixture, "the spans of a process that is killed end then, the innermost first",
                 "[trace]") {
  engine.watch(&listener);
  Process& doomed = engine.spawn(outer(engine), "executor");
  const auto killer = [](Engine& its_engine, Process& victim) -> Task<> {
    co_await its_engine.sleep(15_ms);
    its_engine.kill(victim);
  };
  engine.spawn(killer(engine, doomed), "killer");
  engine.run();
  REQUIRE(listener.told.size() == 5);
  CHECK(listener.told[3] == "15 ms: end of 1");
  CHECK(listener.told[4] == "15 ms: end of 0");
}

Task<> call(Engine& engine) {
  Span span(engine, {SpanKind::invoke, "executor", 1});
  span.causes(9);
  span.caused_by(8);
  co_await engine.sleep(1_ms);
  span.end();
  span.end();
  span.note("bytes", 1);
  tell_host(engine, 4, HostKind::function, "executor");
  tell_level(engine, "concurrency", 2);
  tell_mark(engine, "throttled", 7);
  co_await engine.sleep(1_ms);
}

TEST_CASE_METHOD(SpanFixture, "a span that was ended early ends once, and has no details any more",
                 "[trace]") {
  engine.watch(&listener);
  engine.spawn(call(engine), "call");
  engine.run();
  CHECK(listener.told == Told{"0 ms: process 0 on 1: executor 0 as 0", "0 ms: 0 causes 9",
                              "0 ms: 0 is caused by 8", "1 ms: end of 0",
                              "host 4 is executor, a function", "1 ms: concurrency is 2",
                              "1 ms: throttled 7"});
}

TEST_CASE_METHOD(SpanFixture, "a run that nobody watches is the same run", "[trace]") {
  engine.spawn(outer(engine), "executor");
  engine.spawn(call(engine), "call");
  engine.run();
  Engine watched(clock);
  watched.watch(&listener);
  watched.spawn(outer(watched), "executor");
  watched.spawn(call(watched), "call");
  watched.run();
  CHECK(!listener.told.empty());
  CHECK(watched.trace().hash() == engine.trace().hash());
  CHECK(watched.events_handled() == engine.events_handled());
}

}  // namespace
}  // namespace wukong::engine

#include "scheduler/dask/common/messages.h"

#include <vector>

#include "sim/engine/clock_driver.h"
#include "test/catch.h"

namespace wukong::dask_common {
namespace {

using namespace literals;

struct Log {
  struct Entry {
    Time time;
    int message;
    bool operator==(const Entry&) const = default;
  };
  explicit Log(engine::Engine& its_engine) : engine(its_engine) {}
  void receive(int message) { entries.push_back({engine.now(), message}); }
  engine::Engine& engine;
  std::vector<Entry> entries;
};

using Stream = BatchedStream<int, Log>;

engine::Task<> talk(engine::Engine& engine, Stream& stream) {
  stream.send(1);
  co_await engine.sleep(1_ms);
  stream.send(2);
  co_await engine.sleep(1_ms);
  stream.send(3);
  co_await engine.sleep(20_ms);
  stream.send(4);
  co_await engine.sleep(20_ms);
}

TEST_CASE("the first message leaves at once, those that follow soon leave together") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  Log log(engine);
  Stream stream(engine, 5_ms, 1_ms, log);
  engine.spawn(talk(engine, stream), "talker");
  engine.run();
  const auto at = [](Duration time) { return Time::at(time); };
  const std::vector<Log::Entry> expected = {
      {at(1_ms), 1}, {at(6_ms), 2}, {at(6_ms), 3}, {at(23_ms), 4}};
  CHECK(log.entries == expected);
}

TEST_CASE("what is under way when a connection breaks is lost") {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  Log log(engine);
  Stream stream(engine, 5_ms, 1_ms, log);
  engine.spawn(talk(engine, stream), "talker");
  engine.spawn(
      [](engine::Engine& its_engine, Stream& broken) -> engine::Task<> {
        co_await its_engine.sleep(4_ms);
        broken.clear();
      }(engine, stream),
      "breaker");
  engine.run();
  const std::vector<Log::Entry> expected = {{Time::at(1_ms), 1}, {Time::at(23_ms), 4}};
  CHECK(log.entries == expected);
}

}  // namespace
}  // namespace wukong::dask_common

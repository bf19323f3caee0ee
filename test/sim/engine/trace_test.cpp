
#include "sim/engine/trace.h"

#include <set>
#include <thread>
#include <vector>

#include "sim/base/random.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/sync.h"
#include "test/catch.h"

namespace wukong::engine {
namespace {

Time instant(int64_t ns) { return Time::at(Duration::nanoseconds(ns)); }

uint64_t hash_of(const std::vector<TraceRecord>& records) {
  Trace trace;
  for (const TraceRecord& r : records) trace.record(r.time, r.kind, r.actor, r.subject, r.value);
  return trace.hash();
}

TEST_CASE("the trace hash differs when any part of any record differs") {
  const std::vector<TraceRecord> records(3, {instant(5), TraceKind::started, 1, 2, 3});
  std::set<uint64_t> hashes = {hash_of(records)};
  size_t variants = 1;
  const auto add = [&](auto change) {
    for (size_t i = 0; i < records.size(); ++i, ++variants) {
      auto changed = records;
      change(changed[i]);
      hashes.insert(hash_of(changed));
    }
  };
  add([](TraceRecord& r) { r.time = instant(6); });
  add([](TraceRecord& r) { r.kind = TraceKind::finished; });
  add([](TraceRecord& r) { r.actor = 3; });
  add([](TraceRecord& r) { r.subject = 3; });
  add([](TraceRecord& r) { r.value = 4; });
  add([](TraceRecord& r) { r.value = -3; });
  hashes.insert(hash_of({records[0], records[1]}));
  CHECK(hashes.size() == variants + 1);
}

TEST_CASE("the trace hash tells small differences in neighbouring fields apart") {
  // All records with small fields, and all pairs of a value and the time after it: no two are
  // equal.
  std::set<uint64_t> hashes;
  size_t count = 0;
  for (uint32_t actor : {0u, 1u, 2u, 256u, 1u << 24})
    for (uint32_t subject : {0u, 1u, 2u, 1u << 24, 2u << 24, 1u << 31})
      for (const TraceKind kind : {TraceKind::resumed, TraceKind::invoked})
        for (int64_t value = 0; value < 8; ++value, ++count)
          hashes.insert(hash_of({{instant(1), kind, actor, subject, value}}));
  for (int64_t value = 0; value < 32; ++value)
    for (int64_t time = 0; time < 32; ++time, ++count)
      hashes.insert(hash_of({{instant(0), TraceKind::finished, 1, 1, value},
                             {instant(time), TraceKind::resumed, 1, 0, 0}}));
  CHECK(hashes.size() == count);
}

TEST_CASE("the trace hash depends on the order of the records") {
  const TraceRecord a{instant(1), TraceKind::resumed, 1, 0, 0},
      b{instant(1), TraceKind::resumed, 2, 0, 0};
  CHECK(hash_of({a, b}) != hash_of({b, a}));
}

struct Collector : TraceSink {
  void record(const TraceRecord& record) override { records.push_back(record); }
  std::vector<TraceRecord> records;
};

TEST_CASE("a sink sees every record, and listening does not change the hash") {
  Trace silent, heard;
  Collector collector;
  heard.listen(&collector);
  for (Trace* trace : {&silent, &heard})
    trace->record(instant(4), TraceKind::object_read, 1, 2, 300);
  CHECK(heard.hash() == silent.hash());
  REQUIRE(collector.records.size() == 1);
  CHECK(collector.records[0].time == instant(4));
  CHECK(collector.records[0].kind == TraceKind::object_read);
  CHECK(collector.records[0].actor == 1);
  CHECK(collector.records[0].subject == 2);
  CHECK(collector.records[0].value == 300);
}

// A run that uses all of the engine: processes that compete for permits, pass messages, start
// children, and are killed at random times.
class BusyRun {
 public:
  explicit BusyRun(uint64_t seed) : random_(seed, "busy") {}

  uint64_t hash() {
    engine_.spawn_daemon(drain(), "drain");
    engine_.spawn(root(), "root");
    engine_.run();
    return engine_.trace().hash();
  }

 private:
  Duration delay() { return Duration::nanoseconds(static_cast<int64_t>(random_.below(1000))); }

  Task<> drain() {
    while (true) {
      const uint32_t message = co_await channel_.receive();
      engine_.record(TraceKind::published, message);
    }
  }
  Task<> worker(uint32_t number) {
    for (int i = 0; i < 20; ++i) {
      const auto permit = co_await semaphore_.acquire();
      co_await engine_.sleep(delay());
      channel_.send(number);
    }
  }
  Task<> root() {
    for (uint32_t round = 0; round < 10; ++round) {
      TaskGroup group(engine_);
      for (uint32_t i = 0; i < 20; ++i) group.spawn(worker(i), "worker");
      co_await engine_.sleep(delay() * 40);
      if (round % 2 == 0) co_await group.join();
    }
  }

  VirtualClock clock_;
  Engine engine_{clock_};
  RandomStream random_;
  Semaphore semaphore_{engine_, 3};
  Channel<uint32_t> channel_{engine_};
};

TEST_CASE("engines in two threads give the hashes of serial runs") {
  std::vector<uint64_t> serial(4), threaded(4);
  for (uint64_t seed = 0; seed < 4; ++seed) serial[seed] = BusyRun(seed).hash();
  std::vector<std::thread> threads;
  for (uint64_t half = 0; half < 2; ++half) {
    threads.emplace_back([&threaded, half] {
      for (const uint64_t seed : {half, half + 2}) threaded[seed] = BusyRun(seed).hash();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(threaded == serial);
  CHECK(std::set<uint64_t>(serial.begin(), serial.end()).size() == 4);
}

TEST_CASE("a run has the same trace hash on every machine and from every compiler") {
  CHECK(BusyRun(1).hash() == 0xde5dab81873f1089ull);
}

}  // namespace
}  // namespace wukong::engine

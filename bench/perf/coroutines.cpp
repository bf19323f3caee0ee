// Ten thousand processes that sleep a thousand times each, against the same loop with a minimal
// coroutine type and a heap of (time, sequence, handle): std::priority_queue, and a 4-ary heap.
#include <algorithm>
#include <vector>

#include "bench/perf/bare_loop.h"
#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "sim/base/check.h"
#include "sim/base/random.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"

namespace wukong::perf {
namespace {

constexpr uint32_t kSleepers = 10'000;
constexpr uint32_t kSleeps = 300;
constexpr uint64_t kLongest_ns = 1'000'000'000;

class FourAryHeap {
 public:
  bool empty() const { return heap_.empty(); }
  void push(const Wake& wake) {
    size_t position = heap_.size();
    heap_.push_back(wake);
    while (position > 0 && earlier(wake, heap_[(position - 1) / 4])) {
      heap_[position] = heap_[(position - 1) / 4];
      position = (position - 1) / 4;
    }
    heap_[position] = wake;
  }
  Wake pop() {
    const Wake top = heap_[0];
    const Wake last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
    return top;
  }

 private:
  void sift_down(const Wake& wake) {
    size_t position = 0;
    while (4 * position + 1 < heap_.size()) {
      size_t least = 4 * position + 1;
      const size_t end = std::min(least + 4, heap_.size());
      for (size_t child = least + 1; child < end; ++child)
        if (earlier(heap_[child], heap_[least])) least = child;
      if (!earlier(heap_[least], wake)) break;
      heap_[position] = heap_[least];
      position = least;
    }
    heap_[position] = wake;
  }
  std::vector<Wake> heap_;
};

template <class Heap>
BareCoroutine bare_sleeper(BareLoop<Heap>& loop, uint64_t& woken) {
  for (uint32_t i = 0; i < kSleeps; ++i) {
    co_await loop.sleep(1 + static_cast<int64_t>(loop.random.below(kLongest_ns)));
    ++woken;
  }
}

template <class Heap>
double bare_run() {
  BareLoop<Heap> loop;
  uint64_t woken = 0;
  for (uint32_t i = 0; i < kSleepers; ++i) bare_sleeper(loop, woken);
  const Stopwatch stopwatch;
  loop.run();
  const double seconds = stopwatch.seconds();
  ENSURE(woken == uint64_t{kSleepers} * kSleeps, woken);
  return seconds;
}

engine::Task<> sleeper(engine::Engine& engine, RandomStream& random, uint64_t& woken) {
  for (uint32_t i = 0; i < kSleeps; ++i) {
    co_await engine.sleep(
        Duration::nanoseconds(1 + static_cast<int64_t>(random.below(kLongest_ns))));
    ++woken;
  }
}

double engine_run() {
  engine::VirtualClock clock;
  engine::Engine engine(clock);
  RandomStream random(1, "sleep");
  uint64_t woken = 0;
  for (uint32_t i = 0; i < kSleepers; ++i) engine.spawn(sleeper(engine, random, woken), "sleeper");
  const Stopwatch stopwatch;
  engine.run();
  const double seconds = stopwatch.seconds();
  ENSURE(woken == uint64_t{kSleepers} * kSleeps, woken);
  return seconds;
}

}  // namespace

void benchmark_coroutines(Harness& harness) {
  constexpr uint64_t kItems = uint64_t{kSleepers} * kSleeps;
  harness.compare("10,000 processes x 300 sleeps, bare priority_queue", kItems, engine_run,
                  bare_run<BinaryHeap>);
  harness.compare("10,000 processes x 300 sleeps, bare 4-ary heap", kItems, engine_run,
                  bare_run<FourAryHeap>);
}

}  // namespace wukong::perf

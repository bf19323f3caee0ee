#include "runtime/loop/measurements.h"

#include "test/catch.h"

namespace wukong::loop {
namespace {

using std::chrono::nanoseconds;

TEST_CASE("a measurement finds the fixed part and the part for each byte", "[runtime]") {
  // t = 100 + 2 n, exactly.
  Measurement line;
  for (const int64_t n : {10, 20, 60}) line.add(nanoseconds(100 + 2 * n), Bytes(n));
  CHECK(line.of(Bytes(0)) == nanoseconds(100));
  CHECK(line.of(Bytes(1000)) == nanoseconds(2100));
  CHECK(line.mean() == nanoseconds(160));
}

TEST_CASE("a replay gives the times in their order, scaled to the amount, round and round",
          "[runtime]") {
  Measurement times;
  times.add(nanoseconds(100));
  times.add(nanoseconds(300));
  Replay again(times);
  CHECK(again.next() == nanoseconds(100));
  CHECK(again.next() == nanoseconds(300));
  CHECK(again.next() == nanoseconds(100));
  // On the line t = n: each sample is as far from it as it was.
  Measurement line;
  line.add(nanoseconds(10), Bytes(10));
  line.add(nanoseconds(30), Bytes(20));
  line.add(nanoseconds(20), Bytes(30));
  // Means 20 and 20, slope (10 x 10 + 20 x 30 + 30 x 20 - 3 x 20 x 20) / 200 = 0.5: t = 10 + n / 2.
  Replay replay(line);
  CHECK(line.of(Bytes(20)) == nanoseconds(20));
  CHECK(replay.next(Bytes(20)) == nanoseconds(13));  // 20 x 10 / 15
  CHECK(replay.next(Bytes(20)) == nanoseconds(30));
}

TEST_CASE("a replay of nothing takes no time", "[runtime]") {
  const Measurement none;
  Replay replay(none);
  CHECK(replay.empty());
  CHECK(replay.next(Bytes(5)) == nanoseconds(0));
}

}  // namespace
}  // namespace wukong::loop

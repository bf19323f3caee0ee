#include "sim/accounting/level_history.h"

#include <numeric>

#include "sim/base/random.h"
#include "test/catch.h"

namespace wukong::accounting {
namespace {

using literals::operator""_s;
using literals::operator""_ms;

TEST_CASE("a level's integral and its means over equal parts follow its steps") {
  LevelHistory history;
  history.change(Time::at(1_ms), 4);
  history.change(Time::at(2_ms), -1);
  const std::vector<double> means = history.means(Time::at(Duration::microseconds(3'500)));
  CHECK(history.part() == 1_ms);
  CHECK(means == std::vector<double>{0, 4, 3, 3});
  CHECK(history.peak() == 4);
  CHECK(history.level() == 3);
  CHECK(history.integral(Time::at(4_ms)) == Int128(10'000'000));
}

TEST_CASE("a long history has few parts, whose means have the exact integral") {
  LevelHistory history;
  RandomStream random(5, "levels");
  Time now;
  Int128 integral = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Duration wait = Duration::from_seconds(random.uniform() * (i % 100 == 0 ? 900 : 0.01));
    integral += Int128(history.level()) * wait.count_ns();
    now = now + wait;
    history.change(now, history.level() > 5 || random.uniform() < 0.3 ? -1 : 2);
  }
  CHECK(history.integral(now) == integral);
  const std::vector<double> means = history.means(now);
  CHECK(means.size() <= LevelHistory::kMostParts);
  CHECK(means.size() > LevelHistory::kMostParts / 2);
  const Duration whole = history.part() * static_cast<int64_t>(means.size() - 1);
  const double last = static_cast<double>(((now - Time::zero()) - whole).count_ns());
  const double before = std::accumulate(means.begin(), means.end() - 1, 0.0);
  const double sum = before * static_cast<double>(history.part().count_ns()) + means.back() * last;
  CHECK(sum == Approx(static_cast<double>(integral)).epsilon(1e-9));
}

}  // namespace
}  // namespace wukong::accounting

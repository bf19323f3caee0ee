#include "bench/sweep_runner/progress_display.h"

#include "test/catch.h"

namespace wukong::sweep_runner {
namespace {

SweepProgress half_way() {
  SweepProgress progress;
  progress.expected = 40'000;
  progress.before = 5'000;
  progress.committed = 15'000;
  progress.failed = 3;
  progress.running = 2;
  return progress;
}

// 20,000 runs are left; at 400 a second that takes 50 s.
TEST_CASE("the bar shows done, rate, running, failed and time left", "[sweep]") {
  CHECK(progress_bar(half_way(), 400, 120) ==
        "[============>           ]  20,000/40,000 runs  50 %  400/s  2 running  3 failed  0:50 "
        "left");
  CHECK(progress_bar(half_way(), 400, 60) ==
        "20,000/40,000 runs  50 %  400/s  2 running  3 failed");
  CHECK(progress_line(half_way(), 0.5) ==
        "20,000 of 40,000 runs, 30.0/min, 2 running, 3 failed, 11:06:40 left");
}

TEST_CASE("times left are written as on a clock", "[sweep]") {
  CHECK(clock_text(6.2) == "0:07");
  CHECK(clock_text(725) == "12:05");
  CHECK(clock_text(3 * 3600 + 131) == "3:02:11");
  CHECK(clock_text(200'000) == "2 days");
}

}  // namespace
}  // namespace wukong::sweep_runner

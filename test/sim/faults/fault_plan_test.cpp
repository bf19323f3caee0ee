#include "sim/faults/fault_plan.h"
#include "sim/base/error.h"
#include "sim/engine/clock_driver.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::faults {
namespace {

struct Bed {
  engine::VirtualClock clock;
  engine::Engine engine{clock};
  FaultSpec spec;

  double& probability(FaultKind kind) { return spec.probabilities[static_cast<size_t>(kind)]; }
};

TEST_CASE("a fault that is named strikes at its opportunity and at no other", "[faults]") {
  Bed bed;
  bed.spec.points = parse_fault_points("hang:2 crash_before:3");
  FaultPlan plan(bed.engine, bed.spec, 1);
  for (int i = 1; i <= 4; ++i) {
    CHECK(plan.strikes(FaultKind::hang) == (i == 2));
    CHECK(plan.strikes(FaultKind::crash_before) == (i == 3));
    CHECK_FALSE(plan.strikes(FaultKind::crash_after));
  }
  REQUIRE(plan.injected().size() == 2);
  CHECK(plan.injected()[1].point == FaultPoint{FaultKind::crash_before, 3});
  CHECK(plan.opportunities()[static_cast<size_t>(FaultKind::crash_after)] == 4);
}

TEST_CASE("random faults struck again by name strike at the same opportunities for the same time",
          "[faults]") {
  Bed bed;
  bed.probability(FaultKind::slow_storage) = 0.3;
  bed.probability(FaultKind::hang) = 0.3;
  FaultPlan random(bed.engine, bed.spec, 5);
  std::vector<Duration> delays;
  for (int i = 0; i < 100; ++i) {
    random.strikes(FaultKind::hang);
    if (random.strikes(FaultKind::slow_storage))
      delays.push_back(random.delay(FaultKind::slow_storage));
  }
  // About 30 of 100 each.
  CHECK(delays.size() > 15);
  CHECK(delays.size() < 45);
  CHECK(random.injected().size() > delays.size() + 15);

  Bed named;
  for (const InjectedFault& fault : random.injected())
    if (fault.point.kind == FaultKind::slow_storage) named.spec.points.push_back(fault.point);
  FaultPlan again(named.engine, named.spec, 5);
  std::vector<Duration> delays_again;
  for (int i = 0; i < 100; ++i)
    if (again.strikes(FaultKind::slow_storage))
      delays_again.push_back(again.delay(FaultKind::slow_storage));
  CHECK(delays_again == delays);
}

TEST_CASE("no more faults strike than are allowed", "[faults]") {
  Bed bed;
  bed.probability(FaultKind::hang) = 1;
  bed.spec.most = 3;
  FaultPlan plan(bed.engine, bed.spec, 1);
  int struck = 0;
  for (int i = 0; i < 10; ++i) struck += plan.strikes(FaultKind::hang) ? 1 : 0;
  CHECK(struck == 3);
}

TEST_CASE("the text of fault points is read strictly", "[faults]") {
  CHECK(describe(parse_fault_points(" hang:2  crash_before:3 ")) == "hang:2 crash_before:3");
  CHECK(parse_fault_points("").empty());
  for (const char* wrong : {"hang", "hang:", "hang:0", "hang:-1", "hang:2x", "sleep:1", ":1"})
    CHECK_THROWS_AS(parse_fault_points(wrong), Error);
  CHECK_THROWS_WITH(
      parse_fault_points("hangs:1"),
      "faults.points: expected a kind of fault and a number from 1 on, as crash_before:3, "
      "found \"hangs:1\" (did you mean \"hang\"?)");
}

}  // namespace
}  // namespace wukong::faults

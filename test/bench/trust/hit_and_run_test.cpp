#include "bench/trust/hit_and_run.h"

#include <algorithm>
#include <cmath>

#include "test/catch.h"

namespace wukong::trust {
namespace {

calibration::FreeParameter parameter(double from, double to, bool whole = false) {
  calibration::FreeParameter made;
  made.from = from;
  made.to = to;
  made.whole = whole;
  return made;
}

// The first decides the loss, the second does not matter, the third is a count.
const std::vector<calibration::FreeParameter> kParameters = {parameter(1, 100), parameter(1, 100),
                                                             parameter(1, 9, true)};
const Values kStart = {10, 10, 3};

double loss(const Values& values) { return 1 + std::abs(std::log(values[0] / 10)); }

TEST_CASE("members are within their bounds and within the limit, and counts are whole", "[trust]") {
  const HitAndRunResult result = hit_and_run(kParameters, kStart, {100, 0.2, 1}, loss);
  CHECK(result.start_loss == 1);
  REQUIRE(result.members.size() == 100);
  for (size_t i = 0; i < result.members.size(); ++i) {
    const Values& member = result.members[i];
    CHECK(loss(member) <= 1.2);
    CHECK(result.losses[i] == loss(member));
    for (size_t j = 0; j < member.size(); ++j) {
      CHECK(member[j] >= kParameters[j].from);
      CHECK(member[j] <= kParameters[j].to);
    }
    CHECK(member[2] == std::round(member[2]));
  }
}

TEST_CASE("what the loss does not determine spreads, what it does stays", "[trust]") {
  const HitAndRunResult result = hit_and_run(kParameters, kStart, {200, 0.2, 1}, loss);
  const auto spread = [&](size_t parameter) {
    double least = result.members[0][parameter], most = least;
    for (const Values& member : result.members) {
      least = std::min(least, member[parameter]);
      most = std::max(most, member[parameter]);
    }
    return most / least;
  };
  CHECK(spread(0) > 1.2);
  CHECK(spread(0) <= std::exp(0.4) * 1.01);
  CHECK(spread(1) > 10);
}

TEST_CASE("the same seed gives the same members, another one gives others", "[trust]") {
  const HitAndRunResult one = hit_and_run(kParameters, kStart, {20, 0.2, 1}, loss);
  CHECK(hit_and_run(kParameters, kStart, {20, 0.2, 1}, loss).members == one.members);
  CHECK(hit_and_run(kParameters, kStart, {20, 0.2, 2}, loss).members != one.members);
}

TEST_CASE("where nothing else is below the limit, the members are the start, with its loss",
          "[trust]") {
  const auto steep = [](const Values& values) { return values == kStart ? 0.5 : 1e9; };
  const HitAndRunResult result = hit_and_run(kParameters, kStart, {2, 0.2, 1}, steep);
  for (const Values& member : result.members) CHECK(member == kStart);
  for (const double of_member : result.losses) CHECK(of_member == 0.5);
}

TEST_CASE("a parameter whose bounds are one value stays at it", "[trust]") {
  const HitAndRunResult result =
      hit_and_run({parameter(1, 100), parameter(4, 4)}, {10, 4}, {20, 0.2, 1}, loss);
  for (const Values& member : result.members) CHECK(member[1] == 4);
}

}  // namespace
}  // namespace wukong::trust

#include "bench/sweep/stopping_rule.h"

#include "test/catch.h"

namespace wukong::sweep {
namespace {

StoppingRule rule_of(double halfwidth) {
  StoppingRule rule;
  rule.metric = "makespan_s";
  rule.relative_halfwidth = halfwidth;
  rule.at_least = 5;
  rule.at_most = 12;
  return rule;
}

// The values 1, 2, ... 5 have mean 3 and deviation sqrt(2.5); t(0.95, 4) = 2.776, so the half-width
// is 2.776 * sqrt(2.5 / 5) = 1.963, which is 0.654 of the mean.
TEST_CASE("replicates go on until the half-width is small enough", "[sweep]") {
  CHECK(rule_of(0.66).next_total(5, {{1, 2, 3, 4, 5}}) == 5);
  CHECK(rule_of(0.65).next_total(5, {{1, 2, 3, 4, 5}}) == 8);
  CHECK(rule_of(0.01).next_total(8, {{1, 2, 3, 4, 5, 1, 2, 3}}) == 12);
  CHECK(rule_of(0.01).next_total(12, {{1, 2, 3}}) == 12);
}

TEST_CASE("the system that is known worst decides; one that never completes does not", "[sweep]") {
  CHECK(rule_of(0.1).next_total(5, {{3, 3, 3, 3, 3}, {1, 2, 3, 4, 5}}) == 8);
  CHECK(rule_of(0.1).next_total(5, {{3, 3, 3, 3, 3}, {}}) == 5);
  CHECK(rule_of(0.1).next_total(5, {{3, 3, 3, 3, 3}, {1}}) == 8);
}

}  // namespace
}  // namespace wukong::sweep

#include "bench/results/statistics.h"

#include <cmath>

#include "test/catch.h"

namespace wukong::results {
namespace {

// Tables of Student's t, two-sided 95 %: 1 degree 12.706, 4 degrees 2.776, 30 degrees 2.042.
TEST_CASE("Student's t is that of the tables", "[statistics]") {
  CHECK(student_t(0.95, 1) == Approx(12.706).epsilon(1e-4));
  CHECK(student_t(0.95, 4) == Approx(2.776).epsilon(1e-3));
  CHECK(student_t(0.95, 30) == Approx(2.042).epsilon(1e-3));
  CHECK(student_t(0.99, 4) == Approx(4.604).epsilon(1e-4));
}

// 1 ... 5: mean 3, variance 10 / 4, interval 3 +- t sqrt(2.5 / 5); quantile p at 1 + 4 p.
TEST_CASE("a sample has mean, deviation, quantiles and an interval", "[statistics]") {
  const Sample sample = describe_sample(std::vector<double>{5, 1, 4, 2, 3}, 0.95);
  CHECK(sample.count == 5);
  CHECK(sample.mean == 3);
  CHECK(sample.deviation == Approx(std::sqrt(2.5)));
  CHECK(sample.median == 3);
  CHECK(sample.quantile_05 == Approx(1.2));
  CHECK(sample.quantile_95 == Approx(4.8));
  CHECK(sample.least == 1);
  CHECK(sample.most == 5);
  REQUIRE(sample.interval);
  CHECK(sample.interval->high == Approx(3 + 2.776 * std::sqrt(0.5)).epsilon(1e-3));
  CHECK(sample.halfwidth() == Approx(2.776 * std::sqrt(0.5)).epsilon(1e-3));
}

TEST_CASE("one value has no interval, and none has nothing", "[statistics]") {
  CHECK(!describe_sample(std::vector<double>{5}, 0.95).interval);
  CHECK(describe_sample({}, 0.95).count == 0);
  CHECK(compare_pairs({}, 0.95).pairs == 0);
}

// Differences 1, 2, 3: mean 2, deviation 1, half-width t(2) / sqrt(3) = 4.303 / 1.732.
// Ratios 2, 2, 2: their logarithms do not vary.
TEST_CASE("pairs give a difference and a ratio with intervals", "[statistics]") {
  const Comparison comparison =
      compare_pairs(std::vector<PairedValues>{{2, 1}, {4, 2}, {6, 3}}, 0.95);
  CHECK(comparison.pairs == 3);
  CHECK(comparison.difference == Approx(2));
  CHECK(comparison.difference_interval->high == Approx(2 + 4.303 / std::sqrt(3)).epsilon(1e-3));
  CHECK(*comparison.ratio == Approx(2));
  CHECK(comparison.ratio_interval->low == Approx(2));
}

TEST_CASE("a ratio of zeros is none", "[statistics]") {
  CHECK(!compare_pairs(std::vector<PairedValues>{{2, 0}, {4, 2}}, 0.95).ratio);
}

}  // namespace
}  // namespace wukong::results

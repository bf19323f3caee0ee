#include "bench/reproduction/accuracy.h"

#include <limits>

#include "test/bench/reproduction/support/made_results.h"
#include "test/catch.h"

namespace wukong::reproduction {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST_CASE("the median error is that of the middle, and half of the middle two", "[reproduction]") {
  CHECK(*summarise_errors({0.5, 0.1, 0.2}).median == 0.2);
  CHECK(*summarise_errors({0.5, 0.1, 0.2, 0.4}).median == Approx(0.3));
  CHECK_FALSE(summarise_errors({}).median);
  CHECK_FALSE(summarise_errors({}).within_30);
  CHECK_FALSE(summarise_errors({0.1, kInfinite, kInfinite}).median);
}

TEST_CASE("an error of exactly 30 % is within 30 %, a failure is not", "[reproduction]") {
  CHECK(*summarise_errors({0.3, 0.30001, 0.1, kInfinite}).within_30 == 0.5);
}

TEST_CASE("a point's error is relative to the paper's number", "[reproduction]") {
  const ReferenceFigure figure =
      test::made_reference("f", R"({"a": [4, "fail", "?", null]})", "[1, 2, 3, 4]");
  CHECK(*test::made_point(figure, 0, 0, {3.0, 3.0}).relative_error() == 0.25);  // |3 - 4| / 4
  CHECK(*test::made_point(figure, 0, 0, {std::nullopt}).relative_error() == kInfinite);
  for (const size_t x : {1, 2, 3})
    CHECK_FALSE(test::made_point(figure, 0, x, {3.0}).relative_error());
}

TEST_CASE("a point fails when most of its replicates do", "[reproduction]") {
  const ReferenceFigure figure = test::made_reference("f", R"({"a": [4]})", "[1]");
  const PointResult half = test::made_point(figure, 0, 0, {std::nullopt, 5.0});
  CHECK_FALSE(half.fails);
  CHECK(half.simulated.mean == 5);
  CHECK(half.failed == 1);
  CHECK(half.failure() == "out of memory");
  CHECK(test::made_point(figure, 0, 0, {std::nullopt, std::nullopt, 5.0}).fails);
}

// Paper: a 1, b 2, c 2.2 at x = 1; a 1, b fails, c not given at x = 2.
const std::string kThree = R"({"a": [1, 1], "b": [2, "fail"], "c": [2.2, "?"]})";

TEST_CASE("who is faster counts pairs that differ by more than 15 %, and failures",
          "[reproduction]") {
  const ReferenceFigure reference = test::made_reference("socc20-9", kThree, "[1, 2]");
  // b and c differ by 10 %: no pair. a:b and a:c at x = 1, a:b at x = 2.
  const Accuracy right = measure_accuracy(
      {test::made_figure(reference, [](size_t series, size_t x) -> std::optional<double> {
        if (series == 1 && x == 1) return std::nullopt;
        return 1.0 + static_cast<double>(series);
      })});
  CHECK(right.order_pairs == 3);
  CHECK(right.order_mismatches.empty());
  CHECK(right.failures_expected == 1);
  CHECK(right.failures_matched == 1);
  CHECK(right.failure_mismatches.empty());

  const Accuracy wrong = measure_accuracy(
      {test::made_figure(reference, [](size_t series, size_t) -> std::optional<double> {
        if (series == 2) return std::nullopt;
        return 3.0 - static_cast<double>(series);
      })});
  CHECK(wrong.order_pairs == 3);
  REQUIRE(wrong.order_mismatches.size() == 2);
  CHECK(wrong.order_mismatches[0].x == "1");
  CHECK(wrong.order_mismatches[0].faster == "a");
  CHECK(wrong.order_mismatches[0].slower == "b");
  CHECK(wrong.order_mismatches[1].x == "2");
  REQUIRE(wrong.failure_mismatches.size() == 2);
  CHECK(wrong.failure_mismatches[0].series == "b");
  CHECK_FALSE(wrong.failure_mismatches[0].fails_here);
  CHECK(wrong.failure_mismatches[1].series == "c");
  CHECK(wrong.failure_mismatches[1].fails_here);
}

TEST_CASE("who is faster is asked of the figures that compare systems only", "[reproduction]") {
  const ReferenceFigure reference = test::made_reference("socc20-23", kThree, "[1, 2]");
  CHECK(measure_accuracy({test::made_figure(reference, [](size_t, size_t) {
          return 1.0;
        })}).order_pairs == 0);
}

TEST_CASE("errors are summed up by system", "[reproduction]") {
  const ReferenceFigure reference =
      test::made_reference("f", R"({"a": [1, 1], "b": [1, "?"]})", "[1, 2]");
  FigureResult figure{&reference, {}, {}};
  figure.points.push_back(test::made_point(reference, 0, 0, {1.2}, "wukong"));
  figure.points.push_back(test::made_point(reference, 0, 1, {1.4}, "dask"));
  figure.points.push_back(test::made_point(reference, 1, 0, {1.6}, "wukong"));
  figure.points.push_back(test::made_point(reference, 1, 1, {9.0}, "wukong"));
  const Accuracy accuracy = measure_accuracy({figure});
  CHECK(accuracy.points == 4);
  CHECK(accuracy.all.points == 3);
  CHECK(*accuracy.all.median == Approx(0.4));
  REQUIRE(accuracy.by_system.size() == 2);
  CHECK(accuracy.by_system[0].first == "wukong");
  CHECK(*accuracy.by_system[0].second.median == Approx(0.4));  // (0.2 + 0.6) / 2
  CHECK(*accuracy.by_system[0].second.within_30 == 0.5);
  CHECK(accuracy.by_system[1].first == "dask");
}

TEST_CASE("figures of other work have a summary of their own, and count in no other",
          "[reproduction]") {
  ReferenceFigure inside = test::made_reference("socc20-9", R"({"wukong": [10]})", "[1]");
  ReferenceFigure outside = test::made_reference("outside-x", R"({"wukong": [10]})", "[1]");
  outside.is_outside = true;
  const std::vector<FigureResult> figures = {
      test::made_figure(inside, [](size_t, size_t) -> std::optional<double> { return 11; }),
      test::made_figure(outside, [](size_t, size_t) -> std::optional<double> { return 15; })};
  const Accuracy accuracy = measure_accuracy(figures);
  CHECK(accuracy.points == 1);
  CHECK(accuracy.all.points == 1);
  CHECK(*accuracy.all.median == Approx(0.1));
  CHECK(accuracy.outside.points == 1);
  CHECK(*accuracy.outside.median == Approx(0.5));
}

}  // namespace
}  // namespace wukong::reproduction

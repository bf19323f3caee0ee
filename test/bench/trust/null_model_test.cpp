#include "bench/trust/null_model.h"

#include "test/bench/reproduction/support/made_results.h"
#include "test/catch.h"

namespace wukong::trust {
namespace {

TEST_CASE("the null model is the straight line in logarithms between the neighbours", "[trust]") {
  // t = x^2, then another slope.
  const reproduction::ReferenceFigure figure =
      test::made_reference("f", R"({"a": [1e6, 4e6, 16e6, 3]})", R"(["1k", "2k", "4k", "0.1M"])");
  CHECK(*interpolated(figure, 0, 1) == Approx(4e6));
  // 16e6 is not looked at: from 4e6 at 2k to 3 at 100k.
  CHECK(*interpolated(figure, 0, 2) < 4e6);
  CHECK_FALSE(interpolated(figure, 0, 0).has_value());  // the first has no neighbour below
  CHECK_FALSE(interpolated(figure, 0, 3).has_value());
}

TEST_CASE("the null model skips what the paper does not give, and says nothing of names",
          "[trust]") {
  const reproduction::ReferenceFigure figure = test::made_reference(
      "f", R"({"a": [10, "?", "fail", 40], "b": [1, 2, 3, 4]})", R"([1, 2, 3, 4])");
  CHECK(*interpolated(figure, 0, 1) == Approx(20));
  const reproduction::ReferenceFigure bars =
      test::made_reference("f", R"({"a": [10, 20, 40]})", R"(["off", "on", "all"])");
  CHECK_FALSE(interpolated(bars, 0, 1).has_value());
  const reproduction::ReferenceFigure delays =
      test::made_reference("f", R"({"a": [10, 20, 40]})", R"([0, 100, 200])");
  CHECK_FALSE(interpolated(delays, 0, 1).has_value());  // 0 has no logarithm
}

TEST_CASE("positions on an axis are numbers with k or M", "[trust]") {
  const auto position = [](const char* text) {
    return position_on_axis({text, std::nullopt, false});
  };
  CHECK(*position("32.7k") == Approx(32700));
  CHECK(*position("4.1M") == Approx(4.1e6));
  CHECK_FALSE(position("wukong").has_value());
  CHECK_FALSE(position("3 nodes").has_value());
}

}  // namespace
}  // namespace wukong::trust

#include "bench/calibration/loss.h"

#include <cmath>

#include "test/catch.h"

namespace wukong::calibration {
namespace {

constexpr reproduction::ReferenceValue kTen{reproduction::ReferenceValue::Kind::number, 10};
constexpr reproduction::ReferenceValue kFails{reproduction::ReferenceValue::Kind::fails, 0};

TEST_CASE("twice as much counts as half as much", "[calibration]") {
  CHECK(point_loss(20.0, kTen) == Approx(point_loss(5.0, kTen)));
  CHECK(point_loss(10.0, kTen) == 0);
}

TEST_CASE("a point counts e to 0.5, and three tenths of what is beyond, to 1.2", "[calibration]") {
  CHECK(point_loss(10 * std::exp(0.1), kTen) == Approx(0.1));
  CHECK(point_loss(10 * std::exp(0.4), kTen) == Approx(0.4));
  CHECK(point_loss(10 * std::exp(1.0), kTen) == Approx(0.5 + 0.3 * 0.5));
  CHECK(point_loss(10 * std::exp(3.0), kTen) == Approx(0.5 + 0.3 * 0.7));
  CHECK(point_loss(0.0, kTen) == Approx(0.5 + 0.3 * 0.7));
}

TEST_CASE("a failure on one side only counts as the worst, on both sides nothing",
          "[calibration]") {
  CHECK(point_loss(std::nullopt, kTen) == Approx(0.5 + 0.3 * 0.7));
  CHECK(point_loss(3.0, kFails) == Approx(0.5 + 0.3 * 0.7));
  CHECK(point_loss(std::nullopt, kFails) == 0);
}

TEST_CASE("a claim in percent counts what is left, any other one its number", "[calibration]") {
  CHECK(claim_loss(94.0, 92.0, "%") == Approx(std::log(8.0 / 6.0)));
  CHECK(claim_loss(100.0, 92.0, "%") == Approx(0.5 + 0.3 * 0.7));
  CHECK(claim_loss(5.0, 10.0, "x") == Approx(0.5 + 0.3 * (std::log(2.0) - 0.5)));
  CHECK(claim_loss(std::nullopt, 10.0, "x") == Approx(0.5 + 0.3 * 0.7));
}

TEST_CASE("relative errors are those of the report", "[calibration]") {
  CHECK(*relative_error(12.0, kTen) == Approx(0.2));
  CHECK(std::isinf(*relative_error(std::nullopt, kTen)));
  CHECK_FALSE(relative_error(3.0, kFails).has_value());
}

}  // namespace
}  // namespace wukong::calibration

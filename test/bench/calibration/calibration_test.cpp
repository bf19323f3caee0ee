#include "bench/calibration/calibration.h"

#include <cmath>

#include "bench/calibration/calibration_report.h"
#include "test/bench/calibration/support/pause_calibration.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/squeeze.h"
#include "test/catch.h"

namespace wukong::calibration {
namespace {

CalibrationOptions searching(unsigned threads = 1) {
  CalibrationOptions options;
  options.evaluations = 100;
  options.threads = threads;
  options.sensitivity = true;
  return options;
}

TEST_CASE("a known value is recovered from the points that it decides", "[calibration]") {
  const test::PauseCalibration fit(test::pause_plan("from: 0.5, to: 50"), searching());
  const StageResult& result = fit.results.at(0);
  const FittedParameter& pause = result.parameters.at(0);
  CHECK(pause.start == 2);
  CHECK(pause.fitted == Approx(5).epsilon(0.03));
  CHECK_FALSE(pause.is_at_bound());
  // "?" and null are not points: pause at 1, long at 1 and 2, refusing at 1.
  REQUIRE(result.points.size() == 4);
  // One of the four is off by ln(5/2), beyond 0.5.
  CHECK(result.start_loss == Approx((0.5 + 0.3 * (std::log(2.5) - 0.5)) / 4));
  CHECK(result.loss < 0.03 / 4);
  CHECK(result.errors().points == 3);
  CHECK(*result.errors().within_30 == 1);
  CHECK_FALSE(result.points[3].simulated.has_value());
  // The presets have the value now.
  CHECK(fit.presets.value(fit.plan.stages[0].parameters[0]) == pause.fitted);
}

TEST_CASE("sensitivities are the rise of the loss when a value moves by a tenth", "[calibration]") {
  CalibrationOptions options;
  options.sensitivity = true;
  const test::PauseCalibration fit(test::pause_plan("from: 1.9, to: 50", "pause"), options);
  const FittedParameter& pause = fit.results.at(0).parameters.at(0);
  CHECK(pause.fitted == 2);
  CHECK_FALSE(pause.rise_down.has_value());  // 1.8 is out of its bounds
  const auto loss = [](double seconds) { return 0.5 + 0.3 * (std::log(5 / seconds) - 0.5); };
  CHECK(*pause.rise_up == Approx(loss(2.2) / loss(2) - 1));
  CHECK(*pause.rise_up < 0);
}

TEST_CASE("a fit keeps its bounds and says when it stops at one", "[calibration]") {
  const test::PauseCalibration fit(test::pause_plan("from: 0.5, to: 4"), searching());
  CHECK(fit.results.at(0).parameters.at(0).fitted == 4);
  CHECK(fit.results.at(0).parameters.at(0).is_at_bound());
  CHECK(report_calibration(fit.results).find("at its bound") != std::string::npos);
}

TEST_CASE("a claim is fitted like a point, over points that have no number", "[calibration]") {
  const test::PauseCalibration fit(test::pause_plan("from: 0.5, to: 50", "long", "2: over*"),
                                   searching());
  const StageResult& result = fit.results.at(0);
  CHECK(result.parameters.at(0).fitted == Approx(3.5).epsilon(0.03));
  // The pause at 2 is simulated for the claim; it is no point of the fit.
  CHECK(result.points.size() == 2);
  REQUIRE(result.claims.size() == 1);
  CHECK(result.claims[0].claim.claim == "2: over long");
  CHECK(*result.claims[0].simulated == Approx(0.5).epsilon(0.03));
  // Two points that are right, and 2 / 7 in place of 1 / 2.
  CHECK(result.start_loss == Approx((0.5 + 0.3 * (std::log(1.75) - 0.5)) / 3));
  CHECK(provenance(result, *result.parameters[0].parameter) ==
        "fitted: rest, 2 points and 1 claim, how long one rests");
  const std::string text = test::squeeze(report_calibration(fit.results));
  CHECK(text.find("claim paper simulated\n2: over long 0.500 x ") != std::string::npos);
}

TEST_CASE("a claim in percent is fitted by what is left", "[calibration]") {
  const test::PauseCalibration fit(test::pause_plan("from: 0.5, to: 50", "long", "2: less*"),
                                   searching());
  CHECK(fit.results.at(0).parameters.at(0).fitted == Approx(0.4 * 7).epsilon(0.03));
}

TEST_CASE("a claim about another metric is of that metric, beside the figure's own",
          "[calibration]") {
  const test::PauseCalibration look(test::pause_plan("from: 0.5, to: 50", "long", "2: tasks*"), {});
  // Three tasks in the 2 s of the pause.
  CHECK(*look.results.at(0).claims.at(0).simulated == Approx(3.0 / 2));
}

TEST_CASE("a claim about a point that fails counts as the worst", "[calibration]") {
  const test::PauseCalibration look(test::pause_plan("from: 0.5, to: 50", "long", "1: over*"), {});
  CHECK_FALSE(look.results.at(0).claims.at(0).simulated.has_value());
  CHECK(look.results.at(0).loss == Approx((0.5 + 0.3 * 0.7) / 3));
}

TEST_CASE("any number of threads gives the same fit", "[calibration]") {
  const test::PauseCalibration one(test::pause_plan("from: 0.5, to: 50"), searching(1));
  const test::PauseCalibration two(test::pause_plan("from: 0.5, to: 50"), searching(2));
  CHECK(calibration_document(one.results, 2) == calibration_document(two.results, 2));
}

TEST_CASE("a look without a search changes nothing", "[calibration]") {
  const test::PauseCalibration look(test::pause_plan("from: 0.5, to: 50"), {});
  const StageResult& result = look.results.at(0);
  CHECK(result.evaluations == 0);
  CHECK(result.parameters.at(0).fitted == 2);
  CHECK_FALSE(result.parameters.at(0).rise_up.has_value());
  // Three experiments (long is the same at both x, and pause and stuck at one), two replicates
  // each.
  CHECK(result.runs == 6);
}

TEST_CASE("an evaluation runs only what a change can change", "[calibration]") {
  CalibrationOptions options;
  options.evaluations = 5;
  const test::PauseCalibration fit(test::pause_plan("from: 0.5, to: 50"), options);
  // Of three experiments with two replicates each: refusing is based on pause, and changes with it;
  // long overrides what is fitted.
  CHECK(fit.results.at(0).evaluations == 5);
  CHECK(fit.results.at(0).runs == 2 * (3 + 2 * 5));
}

TEST_CASE("the report shows each value with its bounds, and how near the points are",
          "[calibration]") {
  const test::PauseCalibration fit(test::pause_plan("from: 0.5, to: 50"), {});
  const std::string text = test::squeeze(report_calibration(fit.results));
  CHECK(text.find("rest\n\npreset key from to value\n"
                  "system/pause pause_s 0.5 50 2\n") == 0);
  CHECK(
      text.find("4 points, 1 of them failures in the paper, 4.00 for each parameter; median error "
                "0.0 %, within 30 %: 66.7 %\n") != std::string::npos);
}

TEST_CASE("a stage without points, and a value out of its bounds, are refused", "[calibration]") {
  const auto error = [](const std::string& bounds, const std::string& points) {
    return test::error_text([&] { test::PauseCalibration(test::pause_plan(bounds, points), {}); });
  };
  CHECK(error("from: 3, to: 50", "*") ==
        "plan.yaml:5: system/pause pause_s: expected a preset's value within 3 to 50, found \"2\" "
        "in preset system/pause");
  CHECK(error("from: 1, to: 50", "paus") ==
        "plan.yaml:3: expected a pattern of points of which the paper has a value, found \"pauses "
        "paus\"");
  CHECK(test::error_text([&] {
          test::PauseCalibration(test::pause_plan("from: 1, to: 50", "*", "2: un*"), {});
        }) == "plan.yaml:6: expected a pattern of claims that have a number, found \"2: un*\"");
}

}  // namespace
}  // namespace wukong::calibration

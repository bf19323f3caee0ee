#include "bench/trust/cross_validation.h"

#include <limits>
#include <vector>

#include "bench/calibration/targets.h"
#include "bench/trust/run_identity.h"
#include "bench/trust_report/cross_validation_report.h"
#include "test/bench/support/error_text.h"
#include "test/bench/trust/support/pause_figures.h"
#include "test/catch.h"

namespace wukong::trust {
namespace {

CrossValidation pause_validation(unsigned threads, bool from_middle = false) {
  const test::PauseFigures made;
  CrossValidationOptions options;
  options.evaluations = 100;
  options.threads = threads;
  options.from_middle = from_middle;
  return cross_validate(made.library, made.plan, made.catalog.get(), made.presets, options,
                        [](size_t, size_t) {});
}

TEST_CASE("a figure is left out with every other point and claim of its runs", "[trust]") {
  const test::PauseFigures made;
  const RunIdentities runs(made.library, made.catalog.get());
  CHECK(runs.is_run_of("first", calibration::PointName{"again", "pause", "1"}));
  CHECK_FALSE(runs.is_run_of("again", calibration::PointName{"first", "pause", "2"}));
  const calibration::CalibrationPlan rest = plan_without("first", made.plan, made.library, runs);
  REQUIRE(rest.stages.size() == 1);
  const calibration::CalibrationStage& stage = rest.stages[0];
  CHECK_FALSE(stage.fits(calibration::PointName{"first", "pause", "2"}));
  CHECK_FALSE(stage.fits(calibration::PointName{"again", "pause", "1"}));
  CHECK(stage.fits(calibration::PointName{"second", "pause", "8"}));
  CHECK(stage.fits("second"));
  CHECK_FALSE(stage.fits("first over second"));
}

TEST_CASE("what is left out is predicted by what is left", "[trust]") {
  const CrossValidation result = pause_validation(1);
  REQUIRE(result.figures.size() == 3);  // `counts` is not described
  const HeldOutFigure& first = result.figures[0];
  CHECK(first.refitted == 1);
  REQUIRE(first.points.size() == 3);
  CHECK(first.points[0].with_presets == Approx(0.6));           // 2 s in place of 5
  CHECK(first.points[0].left_out == Approx(0.2).margin(0.03));  // 4 s, as `second` says
  CHECK_FALSE(first.points[0].interpolated.has_value());
  CHECK(*first.points[1].interpolated == Approx(0).margin(1e-9));  // 6 is between 5 and 7.2
  // `second` is predicted by points of 5, 5, 6 and 7.2 s: whatever is between 5 and 6.
  CHECK(result.figures[1].points[0].left_out == Approx(0.375).margin(0.15));
}

TEST_CASE("figures of other work are not left out, as nothing is fitted to them", "[trust]") {
  const test::PauseFigures made;
  const reproduction::ReproductionLibrary library(test::trust_files_with_other_work(), "made");
  REQUIRE(library.select({}).size() == 4);
  CrossValidationOptions options;
  options.evaluations = 1;
  const auto validate = [&] {
    return cross_validate(library, made.plan, made.catalog.get(), made.presets, options,
                          [](size_t, size_t) {});
  };
  CHECK(validate().figures.size() == 3);
  CHECK(calibration::StageTargets(made.plan.stages[0], library).fitted_points() == 5);
  options.figures = {"other"};
  CHECK(test::error_text(validate) ==
        "expected a figure of the papers, found \"other\", which nothing is fitted to");
}

TEST_CASE("a cross-validation is the same for any number of threads", "[trust]") {
  const std::string one = trust_report::cross_validation_document(pause_validation(1));
  CHECK(trust_report::cross_validation_document(pause_validation(2)) == one);
}

TEST_CASE("a search from the middle of the bounds forgets the presets", "[trust]") {
  const CrossValidation result = pause_validation(1, true);
  CHECK(result.figures[0].points[0].with_presets == Approx(0.6));
  CHECK(result.figures[0].points[0].left_out == Approx(0.2).margin(0.03));
}

TEST_CASE("the document of a cross-validation is read as it was written", "[trust]") {
  CrossValidation made{{{"f",
                         2,
                         {{"a", "1k", 3, 0.5, std::numeric_limits<double>::infinity(), 0.25},
                          {"a", "2k", 4, 0.125, 0, std::nullopt}}},
                        {"g", 0, {}}},
                       100,
                       2,
                       true,
                       "abc123",
                       "digest"};
  const std::string text = trust_report::cross_validation_document(made);
  CHECK(trust_report::cross_validation_document(
            trust_report::read_cross_validation(text, "cv.json")) == text);
}

TEST_CASE("an error in the document of a cross-validation says where it is, and what is there",
          "[trust]") {
  const std::string text = trust_report::cross_validation_document(
      {{{"f", 2, {{"a", "1k", 3, 0.5, 0.25, std::nullopt}}}}, 100, 2, true});
  const auto error_with = [&](const std::string& old, const std::string& put) {
    std::string other = text;
    other.replace(other.find(old), old.size(), put);
    return test::error_text([&] { trust_report::read_cross_validation(other, "cv.json"); });
  };
  CHECK(error_with("validation/1", "validation/2") ==
        "cv.json: schema: expected wukong.cross-validation/1 (wukong calibrate --cross-validate "
        "--json), found \"wukong.cross-validation/2\"");
  CHECK(error_with("\"points\"", "\"pointz\"") ==
        "cv.json: figures[0].points: expected a value, found nothing (the key is missing)");
  CHECK(error_with("\"error_left_out\": 0.25", "\"error_left_out\": -1") ==
        "cv.json: figures[0].points[0].error_left_out: expected \"fail\", or a number that is not "
        "negative, found -1");
  CHECK(error_with("\"from_middle\": true", "\"from_middle\": 1") ==
        "cv.json: from_middle: expected true or false, found 1");
  CHECK(test::error_text([] { trust_report::read_cross_validation("[1]", "cv.json"); }) ==
        "cv.json: expected an object of wukong calibrate --cross-validate, found [1]");
}

TEST_CASE("the table has each figure, the null model at the same points, and totals", "[trust]") {
  const CrossValidation made{
      {{"socc20-9", 2, {{"a", "1k", 3, 0.1, 0.6, 0.25}, {"a", "2k", 4, 0.1, 0.2, std::nullopt}}},
       {"socc20-15r", 0, {{"a", "1", 3, 0.3, 0.3, std::nullopt}}}},
      100,
      1,
      false};
  const std::string text = trust_report::cross_validation_markdown(made);
  for (const char* row :
       {"\n| socc20-9 | 2 | 2 | 10.0 % | 40.0 % | 50.0 % | 1 | 60.0 % | 25.0 % | 100.0 % |\n",
        "\n| socc20-15r | - | 1 | 30.0 % | 30.0 % | 100.0 % | 0 | - | - | - |\n",
        "\n| figures 9 to 14 |  | 2 |", "\n| all that are fitted |  | 2 |",
        "\n| all |  | 3 | 10.0 % | 30.0 % | 66.7 % |"}) {
    INFO(row);
    CHECK(text.find(row) != std::string::npos);
  }
  CHECK(trust_report::cross_validation_html(made).find("<td class=\"bad\">40.0 %") ==
        std::string::npos);  // up to a half is fair
}

}  // namespace
}  // namespace wukong::trust

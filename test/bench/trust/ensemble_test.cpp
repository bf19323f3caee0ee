#include "bench/trust/ensemble.h"

#include <algorithm>
#include <cmath>

#include "bench/reproduction_report/report_text.h"
#include "bench/trust/intervals.h"
#include "bench/trust/sensitivity.h"
#include "bench/trust_report/sensitivity_report.h"
#include "test/bench/trust/support/pause_figures.h"
#include "test/catch.h"

namespace wukong::trust {
namespace {

Ensemble pause_ensemble(const test::PauseFigures& made, unsigned threads) {
  EnsembleOptions options;
  options.sampler.members = 20;
  options.threads = threads;
  return draw_ensemble(made.library, made.plan, made.catalog.get(), made.presets, options,
                       [](double) {});
}

TEST_CASE("an ensemble holds presets that fit almost as well, the same for any threads",
          "[trust]") {
  const test::PauseFigures made;
  const Ensemble ensemble = pause_ensemble(made, 1);
  REQUIRE(ensemble.stages.size() == 1);
  const HitAndRunResult& chain = ensemble.stages[0].chain;
  for (const double loss : chain.losses) CHECK(loss <= 1.15 * chain.start_loss);
  CHECK(pause_ensemble(made, 2).stages[0].chain.members == chain.members);
  const calibration::PresetEdition member = ensemble.member(3, made.presets);
  CHECK(member.value(made.plan.stages[0].parameters[0]) == chain.members[3][0]);
}

TEST_CASE("intervals span what the members give, for points and for headlines", "[trust]") {
  const test::PauseFigures made;
  const Ensemble ensemble = pause_ensemble(made, 2);
  const reproduction::Intervals intervals = measure_intervals(
      made.library, ensemble, made.catalog.get(), made.presets, {}, [](const auto&) {});
  REQUIRE(intervals.points.size() == 3);
  std::vector<double> pauses;
  for (const Values& member : ensemble.stages[0].chain.members) pauses.push_back(member[0]);
  const auto [least, most] = std::minmax_element(pauses.begin(), pauses.end());
  const reproduction::Interval& interval = *intervals.points[0][0];
  CHECK(interval.low >= *least);
  CHECK(interval.high <= *most);
  CHECK(interval.low < interval.high);
  CHECK(interval.failing == 0);
  CHECK(intervals.given == 5);
  // A quotient of two pauses is one for every member.
  CHECK(intervals.headlines[0]->low == Approx(1));
  CHECK(intervals.headlines[0]->high == Approx(1));
  CHECK(intervals.headlines[1]->high == interval.high);
}

TEST_CASE("points of other work have intervals and sensitivities, and count in no total",
          "[trust]") {
  const test::PauseFigures made;
  const reproduction::ReproductionLibrary library(test::trust_files_with_other_work(), "made");
  const reproduction::Intervals intervals = measure_intervals(
      library, pause_ensemble(made, 2), made.catalog.get(), made.presets, {}, [](const auto&) {});
  REQUIRE(intervals.points.size() == 4);
  CHECK(intervals.points[3][0].has_value());
  CHECK(intervals.given == 5);
  CHECK(measure_sensitivity(library, made.plan, made.catalog.get(), made.presets, {},
                            [](const auto&) {})
            .reach[0]
            .given_points == 5);
}

TEST_CASE("an interval leaves out a twentieth on each side, and counts what fails", "[trust]") {
  std::vector<double> values;
  for (int i = 0; i <= 100; ++i) values.push_back(100 - i);
  const reproduction::Interval interval = *reproduction::interval_of(values, 101);
  CHECK(interval.low == Approx(5));
  CHECK(interval.high == Approx(95));
  CHECK(interval.failing == Approx(0.5));
  CHECK_FALSE(reproduction::interval_of({}, 3).has_value());
  const reproduction::Interval of_two = *reproduction::interval_of({2, 1}, 0);
  CHECK(of_two.low == Approx(1.05));  // between two values in proportion
  CHECK(of_two.high == Approx(1.95));
  CHECK(reproduction_report::interval_text(interval) == "5.00 .. 95.0, 50 % fail");
  CHECK(reproduction_report::interval_text(std::nullopt) == "fails");
}

TEST_CASE("sensitivities are of each parameter alone, widest first", "[trust]") {
  const test::PauseFigures made;
  const Sensitivity sensitivity = measure_sensitivity(made.library, made.plan, made.catalog.get(),
                                                      made.presets, {}, [](const auto&) {});
  REQUIRE(sensitivity.headlines.size() == 2);
  CHECK(sensitivity.headlines[0].swings.empty());  // the quotient does not move
  REQUIRE(sensitivity.headlines[1].swings.size() == 1);
  const Swing& swing = sensitivity.headlines[1].swings[0];
  CHECK(*swing.less == Approx(1.6));
  CHECK(*swing.more == Approx(2.4));
  CHECK(swing.width(2) == Approx(0.8));
  CHECK(sensitivity.jumps.empty());  // 5 % moves a pause by 5 %
  CHECK(sensitivity.nudges == 2 * 5);
  CHECK(sensitivity.reach[0].given_points == 5);
  const std::string html = trust_report::sensitivity_html(sensitivity);
  CHECK(html.find("<summary>second: 2.00 s (paper 4.00 s)</summary>") != std::string::npos);
  CHECK(html.find("left:0.00%") != std::string::npos);
  CHECK(trust_report::sensitivity_markdown(sensitivity)
            .find("| second | 2.00 s | system/pause pause_s | 1.60 s | 2.40 s |") !=
        std::string::npos);
}

TEST_CASE("a point jumps that moves by more than 15 % when a parameter moves by 5 %", "[trust]") {
  const test::PauseFigures made;
  calibration::CalibrationPlan plan = made.plan;
  plan.stages[0].parameters[0].whole = true;  // from 2 s to 1 and to 3
  const Sensitivity sensitivity = measure_sensitivity(made.library, plan, made.catalog.get(),
                                                      made.presets, {}, [](const auto&) {});
  REQUIRE(sensitivity.jumps.size() == 2 * 5);
  const Jump& jump = sensitivity.jumps.front();
  CHECK(jump.parameter == plan.stages[0].parameters[0].name());
  CHECK(jump.factor == Approx(0.95));
  CHECK(jump.figure + " " + jump.series + " " + jump.x == "first pause 1");
  CHECK(*jump.ratio == Approx(0.5));
  CHECK(*sensitivity.jumps.back().ratio == Approx(1.5));
}

TEST_CASE("what makes a headline fail moves it more than any value", "[trust]") {
  CHECK(Swing{"p", 1, 3}.width(2) == 2);
  CHECK(std::isinf(Swing{"p", std::nullopt, 2}.width(2)));
  CHECK(std::isinf(Swing{"p", 2, 2}.width(std::nullopt)));
  CHECK(Swing{"p", std::nullopt, std::nullopt}.width(std::nullopt) == 0);
}

TEST_CASE("a value is changed within its bounds, a count by at least one", "[trust]") {
  calibration::FreeParameter parameter;
  parameter.from = 1;
  parameter.to = 10;
  CHECK(*changed_value(parameter, 4, 1.2) == Approx(4.8));
  CHECK(*changed_value(parameter, 9, 1.2) == 10);
  CHECK_FALSE(changed_value(parameter, 10, 1.2).has_value());
  parameter.whole = true;
  CHECK(*changed_value(parameter, 2, 1.05) == 3);
  CHECK(*changed_value(parameter, 2, 0.95) == 1);
}

}  // namespace
}  // namespace wukong::trust

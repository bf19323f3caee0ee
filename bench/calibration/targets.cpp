#include "bench/calibration/targets.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::calibration {
namespace {

PointName name_of(const reproduction::ReferenceFigure& figure, size_t series, size_t x) {
  return {figure.name, figure.series[series].name, figure.x[x].text};
}

// A pattern that fits nothing is a slip of the pen.
void check_pattern(const PointPattern& pattern, const std::vector<CalibrationPoint>& points) {
  for (const CalibrationPoint& point : points)
    if (pattern.matches(point.name)) return;
  throw Error(pattern.origin.place(""), "a pattern of points of which the paper has a value",
              "\"" + pattern.text + "\"");
}

std::vector<reproduction::Claim> select_claims(const CalibrationStage& stage,
                                               const reproduction::ReproductionLibrary& library) {
  std::vector<reproduction::Claim> claims = reproduction::read_claims(library);
  std::erase_if(claims, [](const reproduction::Claim& claim) { return !claim.paper; });
  for (const ClaimPattern& pattern : stage.claims) {
    const auto matches = [&](const reproduction::Claim& claim) {
      return pattern.matches(claim.claim);
    };
    if (std::none_of(claims.begin(), claims.end(), matches))
      throw Error(pattern.origin.place(""), "a pattern of claims that have a number",
                  "\"" + pattern.text + "\"");
  }
  std::erase_if(claims, [&](const reproduction::Claim& claim) { return !stage.fits(claim.claim); });
  return claims;
}

}  // namespace

std::vector<CalibrationPoint> points_with_reference(
    const reproduction::ReproductionLibrary& library) {
  std::vector<CalibrationPoint> points;
  for (const reproduction::ReferenceFigure* figure : library.select({})) {
    if (figure->is_outside) continue;
    reproduction::FigureSetup setup =
        reproduction::make_figure_setup(*figure, *library.description(figure->name));
    for (reproduction::PointSetup& point : setup.points) {
      const reproduction::ReferenceValue& paper = figure->series[point.series].values[point.x];
      if (!paper.is_number() && !paper.is_failure()) continue;
      points.push_back({name_of(*figure, point.series, point.x), paper, std::move(point)});
    }
  }
  return points;
}

StageTargets::StageTargets(const CalibrationStage& stage,
                           const reproduction::ReproductionLibrary& library)
    : library_(library),
      points_(points_with_reference(library)),
      claims_(select_claims(stage, library)) {
  for (const PointPattern& pattern : stage.points) check_pattern(pattern, points_);
  for (const PointPattern& pattern : stage.except) check_pattern(pattern, points_);
  std::erase_if(points_, [&](const CalibrationPoint& point) { return !stage.fits(point.name); });
  if (points_.empty())
    throw Error(stage.origin.place("except"), "a stage with points", "no point that is left");
  fitted_points_ = points_.size();
  for (const reproduction::Claim& claim : claims_) add_points_of(claim);
}

void StageTargets::add_points_of(const reproduction::Claim& claim) {
  const auto add = [this](const reproduction::FormulaPoint& named) -> reproduction::FormulaValue {
    if (index_of(named) < points_.size()) return {};
    reproduction::FigureSetup setup =
        reproduction::make_figure_setup(*named.figure, *library_.description(named.figure->name));
    reproduction::PointSetup& point = setup.points[named.series * named.figure->x.size() + named.x];
    ENSURE(point.series == named.series && point.x == named.x, point.series, point.x);
    if (named.metric != nullptr) point.metric = named.metric;
    points_.push_back({name_of(*named.figure, named.series, named.x),
                       named.figure->series[named.series].values[named.x], std::move(point),
                       named.metric});
    return {};
  };
  reproduction::evaluate_formula(claim.formula, library_, add);
}

size_t StageTargets::index_of(const reproduction::FormulaPoint& named) const {
  const PointName name = name_of(*named.figure, named.series, named.x);
  const auto is_it = [&](const CalibrationPoint& point) {
    return point.name == name && point.claimed == named.metric;
  };
  return static_cast<size_t>(std::find_if(points_.begin(), points_.end(), is_it) - points_.begin());
}

Simulated StageTargets::claimed(const reproduction::Claim& claim,
                                const std::vector<Simulated>& simulated) const {
  ENSURE(simulated.size() == points_.size(), simulated.size(), points_.size());
  const auto value = [&](const reproduction::FormulaPoint& named) -> reproduction::FormulaValue {
    const Simulated& found = simulated.at(index_of(named));
    if (!found) return {reproduction::FormulaValue::Kind::fails, 0, ""};
    return {reproduction::FormulaValue::Kind::number, *found, ""};
  };
  const reproduction::FormulaValue result =
      reproduction::evaluate_formula(claim.formula, library_, value);
  if (result.kind != reproduction::FormulaValue::Kind::number) return std::nullopt;
  return result.number;
}

double StageTargets::loss(const std::vector<Simulated>& simulated) const {
  double sum = 0;
  for (size_t i = 0; i < fitted_points_; ++i) sum += point_loss(simulated[i], points_[i].paper);
  for (const reproduction::Claim& claim : claims_)
    sum += claim_loss(claimed(claim, simulated), *claim.paper, claim.unit);
  return sum / static_cast<double>(fitted_points_ + claims_.size());
}

}  // namespace wukong::calibration

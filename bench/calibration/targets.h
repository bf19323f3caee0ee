// What a stage is fitted to: points of the papers' figures, and claims, which are formulas over
// points (bench/reproduction/headline.h).
#pragma once

#include <string>
#include <vector>

#include "bench/calibration/loss.h"
#include "bench/calibration/plan.h"
#include "bench/reproduction/figure_setup.h"
#include "bench/reproduction/formula.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/library.h"

namespace wukong::calibration {

struct CalibrationPoint {
  PointName name;
  reproduction::ReferenceValue paper;
  reproduction::PointSetup setup;
  const result::Metric* claimed = nullptr;  // what a claim is about; null: what the figure shows
};

// All points of which the papers say something, in the order of figures.json.
std::vector<CalibrationPoint> points_with_reference(
    const reproduction::ReproductionLibrary& library);

class StageTargets {
 public:
  // Points of which the paper says something, in the order of figures.json, and claims that have a
  // number. Throws Error for a pattern that matches none of them. The library must outlive it.
  StageTargets(const CalibrationStage& stage, const reproduction::ReproductionLibrary& library);

  // All that have to be simulated. Only the first `fitted_points` count themselves; with the others
  // there is a claim.
  const std::vector<CalibrationPoint>& points() const { return points_; }
  size_t fitted_points() const { return fitted_points_; }
  const std::vector<reproduction::Claim>& claims() const { return claims_; }

  // `simulated` has a value for each of points(). Nothing: a point of the claim fails.
  Simulated claimed(const reproduction::Claim& claim,
                    const std::vector<Simulated>& simulated) const;
  // The mean over fitted points and claims.
  double loss(const std::vector<Simulated>& simulated) const;

 private:
  void add_points_of(const reproduction::Claim& claim);
  size_t index_of(
      const reproduction::FormulaPoint& point) const;  // points().size(): it is not there

  const reproduction::ReproductionLibrary& library_;
  std::vector<CalibrationPoint> points_;
  size_t fitted_points_ = 0;
  std::vector<reproduction::Claim> claims_;
};

}  // namespace wukong::calibration

// Fits the presets to the papers' points, stage after stage: what one has fitted stands when the
// next begins. Tells how well the points determine each value.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/calibration/evaluator.h"
#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/reproduction/accuracy.h"

namespace wukong::calibration {

struct FittedParameter {
  const FreeParameter* parameter;
  double start;
  double fitted;
  // By how much the loss rises, as a share of it, when only this value is 10 % less or more; a
  // count moves by at least one. None: not asked for, or the moved value is out of its bounds.
  std::optional<double> rise_down;
  std::optional<double> rise_up;

  bool is_at_bound() const;
};

struct FittedPoint {
  CalibrationPoint point;
  Simulated simulated;
};

struct FittedClaim {
  reproduction::Claim claim;
  Simulated simulated;
};

struct StageResult {
  const CalibrationStage* stage;
  std::vector<FittedParameter> parameters;
  std::vector<FittedPoint> points;
  std::vector<FittedClaim> claims;
  double start_loss;  // the mean over points and claims
  double loss;
  size_t evaluations;  // of the search
  size_t runs;         // simulations, of all of it

  reproduction::ErrorSummary errors() const;  // of the points that have a number in the paper
};

struct CalibrationOptions {
  std::vector<std::string> stages;  // none: all
  size_t evaluations = 0;           // of a search, for each stage; none: only looks
  size_t starts = 1;                // of searches, for each stage
  size_t replicates = 2;
  unsigned threads = 0;      // none: one for each core
  bool sensitivity = false;  // moves each value
};

struct CalibrationProgress {
  std::string stage;
  double fraction;  // of the stage
  size_t evaluations_done;
  size_t evaluations;  // at most: of the search, the start and the sensitivities
};
using CalibrationListener = std::function<void(const CalibrationProgress&)>;

// The presets get the fitted values. The library and the plan must outlive the results. The
// catalog's presets are not used.
std::vector<StageResult> calibrate(const reproduction::ReproductionLibrary& library,
                                   const CalibrationPlan& plan, const experiment::Catalog& catalog,
                                   PresetEdition& presets, const CalibrationOptions& options,
                                   const CalibrationListener& listener);

// What stands beside the value in its preset: "fitted: <stage>, <n> points and <m> claims,
// <meaning>".
std::string provenance(const StageResult& result, const FreeParameter& parameter);

}  // namespace wukong::calibration

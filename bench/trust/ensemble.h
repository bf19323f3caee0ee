// Sets of parameters that fit almost as well as the presets, within their bounds: what the points
// of the papers leave open. Each stage of the plan has a chain of its own (hit_and_run.h), with the
// other stages' parameters as in the presets; a member of the ensemble takes one link of each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/reproduction/library.h"
#include "bench/trust/hit_and_run.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::trust {

struct StageEnsemble {
  const calibration::CalibrationStage* stage;
  HitAndRunResult chain;
};

struct Ensemble {
  std::vector<StageEnsemble> stages;
  size_t members = 0;
  double slack = 0;

  // The presets with a member's values.
  calibration::PresetEdition member(size_t index, const calibration::PresetEdition& presets) const;
};

struct EnsembleOptions {
  HitAndRunOptions sampler;
  size_t replicates = 1;  // of a point, in a loss
  unsigned threads = 0;   // none: one for each core
};

// Called before each evaluation, with the share of the links that are drawn.
using EnsembleListener = std::function<void(double)>;

// The same ensemble for any number of threads. Library and plan must outlive it.
Ensemble draw_ensemble(const reproduction::ReproductionLibrary& library,
                       const calibration::CalibrationPlan& plan, const experiment::Catalog& catalog,
                       const calibration::PresetEdition& presets, const EnsembleOptions& options,
                       const EnsembleListener& listener);

}  // namespace wukong::trust

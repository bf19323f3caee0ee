#include "bench/trust/ensemble.h"

#include <algorithm>

#include "bench/calibration/evaluator.h"
#include "bench/calibration/targets.h"
#include "bench/experiment/catalog.h"
#include "sim/base/check.h"

namespace wukong::trust {
namespace {

void set_values(calibration::PresetEdition& presets, const calibration::CalibrationStage& stage,
                const Values& values) {
  for (size_t i = 0; i < values.size(); ++i) presets.set_value(stage.parameters[i], values[i]);
}

}  // namespace

calibration::PresetEdition Ensemble::member(size_t index,
                                            const calibration::PresetEdition& presets) const {
  ENSURE(index < members, index, members);
  calibration::PresetEdition edition = presets;
  for (const StageEnsemble& part : stages)
    set_values(edition, *part.stage, part.chain.members[index]);
  return edition;
}

Ensemble draw_ensemble(const reproduction::ReproductionLibrary& library,
                       const calibration::CalibrationPlan& plan, const experiment::Catalog& catalog,
                       const calibration::PresetEdition& presets, const EnsembleOptions& options,
                       const EnsembleListener& listener) {
  Ensemble ensemble{{}, options.sampler.members, options.sampler.slack};
  for (size_t i = 0; i < plan.stages.size(); ++i) {
    const calibration::CalibrationStage& stage = plan.stages[i];
    const calibration::StageTargets targets(stage, library);
    calibration::Evaluator evaluator(targets.points(), {options.replicates, options.threads});
    Values start;
    for (const calibration::FreeParameter& parameter : stage.parameters)
      start.push_back(presets.value(parameter));
    size_t evaluations = 0;
    const auto loss = [&](const Values& values) {
      calibration::PresetEdition edition = presets;
      set_values(edition, stage, values);
      const std::vector<parameters::Preset> changed = edition.presets();
      const double share = 1 - 1 / (1 + static_cast<double>(evaluations++) /
                                            static_cast<double>(options.sampler.members));
      listener((static_cast<double>(i) + share) / static_cast<double>(plan.stages.size()));
      return targets.loss(evaluator.evaluate(
          {parameters::PresetLibrary(changed), catalog.workloads, catalog.policies},
          [](double) {}));
    };
    ensemble.stages.push_back(
        {&stage, hit_and_run(stage.parameters, start, options.sampler, loss)});
  }
  return ensemble;
}

}  // namespace wukong::trust

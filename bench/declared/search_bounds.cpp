#include "bench/declared/search_bounds.h"

#include <algorithm>

namespace wukong::declared {
namespace {

void narrow(calibration::FreeParameter& parameter, const Declarations& declarations) {
  for (const calibration::PresetPlace& place : parameter.places) {
    const auto found =
        std::find_if(declarations.parameters.begin(), declarations.parameters.end(),
                     [&](const Declaration& declaration) {
                       return declaration.is_of(place.preset_text(), place.key_text());
                     });
    if (found == declarations.parameters.end() || !found->from) continue;
    parameter.from = std::max(parameter.from, *found->from);
    parameter.to = std::min(parameter.to, *found->to);
  }
}

}  // namespace

calibration::CalibrationPlan within_declared_bounds(const calibration::CalibrationPlan& plan,
                                                    const Declarations& declarations,
                                                    const calibration::PresetEdition& presets) {
  calibration::CalibrationPlan narrowed = plan;
  for (calibration::CalibrationStage& stage : narrowed.stages)
    for (calibration::FreeParameter& parameter : stage.parameters) {
      const double value = presets.value(parameter);  // checked against the plan's own bounds
      narrow(parameter, declarations);
      parameter.from = std::min(parameter.from, value);
      parameter.to = std::max(parameter.to, value);
    }
  return narrowed;
}

}  // namespace wukong::declared

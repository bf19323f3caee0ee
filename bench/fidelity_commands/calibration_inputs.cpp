#include "bench/fidelity_commands/calibration_inputs.h"

#include "bench/parameters/parameter_yaml.h"

namespace wukong::fidelity_commands {

std::string CalibrationInputs::presets_folder() const {
  return presets.empty() && write ? kPresetsFolder : presets;
}

calibration::CalibrationPlan read_plan(const CalibrationInputs& inputs,
                                       const reproduction::ReproductionLibrary& library) {
  return calibration::make_calibration_plan(
      inputs.plan.empty() ? library.calibration() : parameters::read_yaml_file(inputs.plan));
}

calibration::PresetEdition read_presets(const CalibrationInputs& inputs) {
  const std::string folder = inputs.presets_folder();
  if (!folder.empty()) return calibration::PresetEdition::read(folder);
  return calibration::PresetEdition(parameters::embedded_presets());
}

}  // namespace wukong::fidelity_commands

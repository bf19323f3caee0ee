#include "bench/fidelity_commands/calibration_inputs.h"

#include "bench/parameters/parameter_yaml.h"
#include "bench/text/digest.h"
#include "bench/text/version.h"

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

std::string model_digest(const calibration::PresetEdition& presets) {
  text::Digest digest;
  digest.add(text::program_sources());
  for (const parameters::Preset& preset : presets.presets())
    digest.add(preset.kind).add(preset.name).add(preset.text);
  return digest.text();
}

}  // namespace wukong::fidelity_commands

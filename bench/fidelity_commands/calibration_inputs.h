// What `wukong calibrate` reads: the plan, and the presets of the program or of a folder.
#pragma once

#include <string>

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/reproduction/library.h"

namespace wukong::fidelity_commands {

inline constexpr const char* kReproductionFolder = "configs/reproduction";
inline constexpr const char* kPresetsFolder = "configs/presets";

struct CalibrationInputs {
  std::string plan;     // empty: the program's own
  std::string presets;  // empty: the program's own; with `write`, kPresetsFolder
  bool write = false;

  // Empty: the presets are those in the program.
  std::string presets_folder() const;
};

calibration::CalibrationPlan read_plan(const CalibrationInputs& inputs,
                                       const reproduction::ReproductionLibrary& library);
calibration::PresetEdition read_presets(const CalibrationInputs& inputs);

// What a cross-validation is of: the program's sources, and the presets.
std::string model_digest(const calibration::PresetEdition& presets);

}  // namespace wukong::fidelity_commands

// `wukong calibrate --cross-validate`: each figure predicted from the others.
#pragma once

#include <string>

#include "bench/commands/exit_code.h"
#include "bench/fidelity_commands/calibration_inputs.h"
#include "bench/trust/cross_validation.h"

namespace wukong::fidelity_commands {

struct CrossValidationFiles {
  std::string json;      // empty: none
  std::string fidelity;  // empty: none
};

commands::ExitCode run_cross_validation(const CalibrationInputs& inputs,
                                        const trust::CrossValidationOptions& options,
                                        const CrossValidationFiles& files, bool quiet);

}  // namespace wukong::fidelity_commands

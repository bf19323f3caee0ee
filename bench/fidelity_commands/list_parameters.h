// `wukong calibrate --list`: every value that is fitted, assumed or chosen.
#pragma once

#include <string>

#include "bench/commands/exit_code.h"
#include "bench/fidelity_commands/calibration_inputs.h"

namespace wukong::fidelity_commands {

struct ListFiles {
  std::string json;      // empty: none
  std::string fidelity;  // empty: none
};

commands::ExitCode run_list(const CalibrationInputs& inputs, const ListFiles& files);

}  // namespace wukong::fidelity_commands

// `wukong calibrate`: the presets' free parameters, fitted to those figures.
#pragma once

#include "bench/commands/command.h"

namespace wukong::calibration {

void add_calibrate_command(CLI::App& program, commands::Action& action);

}  // namespace wukong::calibration

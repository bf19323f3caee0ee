// The plan of a calibration, held to the declared bounds.
#pragma once

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/declared/declarations.h"

namespace wukong::declared {

// Each free parameter with no more room than its plan and its declaration leave it. A preset's
// value that is outside stays what it is: the bound on its side is moved to it, so that a search
// may only bring it back.
calibration::CalibrationPlan within_declared_bounds(const calibration::CalibrationPlan& plan,
                                                    const Declarations& declarations,
                                                    const calibration::PresetEdition& presets);

}  // namespace wukong::declared

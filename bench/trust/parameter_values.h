// Values of free parameters, as a search or a sampler tries them.
#pragma once

#include "bench/calibration/plan.h"

namespace wukong::trust {

// Three significant digits, whole if it has to be, within the bounds.
double tried_value(const calibration::FreeParameter& parameter, double value);

// The middle of the bounds, in logarithms.
double middle_of(const calibration::FreeParameter& parameter);

}  // namespace wukong::trust

#include "bench/trust/parameter_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace wukong::trust {

double tried_value(const calibration::FreeParameter& parameter, double value) {
  const double rounded = parameter.whole
                             ? std::round(value)
                             : std::strtod(fmt::format("{:.3g}", value).c_str(), nullptr);
  return std::clamp(rounded, parameter.from, parameter.to);
}

double middle_of(const calibration::FreeParameter& parameter) {
  return tried_value(parameter, std::sqrt(parameter.from * parameter.to));
}

}  // namespace wukong::trust

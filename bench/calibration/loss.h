// How much a point of the papers counts against a set of values.
//
// With e = |ln(simulated / paper)|, at most 1.2, twice as much is as wrong as half as much. A point
// counts e up to 0.5, and three tenths of what is beyond: a fit is to bring most points near, not
// to give up ten good ones for one that the model cannot explain. A run that fails where the paper
// has a number has e = 1.2, and so has one that completes where the paper's fails.
#pragma once

#include <optional>
#include <string_view>

#include "bench/reproduction/reference_figure.h"

namespace wukong::calibration {

// What the simulation gives at a point; nothing: it fails.
using Simulated = std::optional<double>;

// REQUIRES: the paper's value is a number or a failure.
double point_loss(const Simulated& simulated, const reproduction::ReferenceValue& paper);

// A claim in percent says how little is left: 92 % and 94 % less are 8 % and 6 % of the whole, so e
// is of those. Of other units, e is of the numbers. Nothing simulated: it counts as the worst.
double claim_loss(const Simulated& simulated, double paper, std::string_view unit);

// |simulated - paper| / paper, as reports have it; infinite for a failure; none if the paper's run
// fails.
std::optional<double> relative_error(const Simulated& simulated,
                                     const reproduction::ReferenceValue& paper);

}  // namespace wukong::calibration

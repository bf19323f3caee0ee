// What follows from each free parameter: how far every headline moves when it is a fifth less or
// more, and which points jump when it is a twentieth less or more. The same seeds for all, so that
// what is seen is the parameter's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::trust {

// A headline's value with one parameter changed; none: a point of it fails.
struct Swing {
  std::string parameter;
  std::optional<double> less;  // a fifth less
  std::optional<double> more;

  // How far apart the two and the headline's own value are. Infinite: one of the three fails, and
  // another does not.
  double width(const std::optional<double>& own) const;
};

struct HeadlineSwings {
  reproduction::Headline headline;
  std::vector<Swing> swings;  // the widest first; what does not move it is left out
};

// A point that moves by more than kJump when a parameter moves by kNudge.
struct Jump {
  std::string parameter;
  double factor;  // of the parameter
  std::string figure, series, x;
  std::optional<double> ratio;  // to the point as it was; none: only one of the two fails
};

struct ParameterReach {
  std::string parameter;
  size_t given_points =
      0;  // with a value in the papers themselves, that a fifth more or less moves by 1 %
};

struct Sensitivity {
  std::vector<HeadlineSwings> headlines;
  std::vector<Jump> jumps;
  std::vector<ParameterReach> reach;
  size_t nudges = 0;  // pairs of a parameter's nudge and a point
};

inline constexpr double kSwing = 0.2;
inline constexpr double kNudge = 0.05;
inline constexpr double kJump = 0.15;
inline constexpr size_t kFewPoints = 4;  // that move with a parameter: it is hardly determined

// A value changed by the factor: whole and at least one away if it has to be, within the bounds of
// the plan. None: it is at its bound.
std::optional<double> changed_value(const calibration::FreeParameter& parameter, double value,
                                    double factor);

Sensitivity measure_sensitivity(const reproduction::ReproductionLibrary& library,
                                const calibration::CalibrationPlan& plan,
                                const experiment::Catalog& catalog,
                                const calibration::PresetEdition& presets,
                                const reproduction::ReproductionOptions& options,
                                const reproduction::ProgressListener& listener);

}  // namespace wukong::trust

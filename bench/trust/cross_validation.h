// Leaves one figure of the papers out at a time, with every other point of the same runs, fits the
// parameters to the rest, and predicts the figure: what the model is worth where nobody has
// measured. Beside it the line between neighbouring points (null_model.h), which has the figure's
// own other points to go by.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/reproduction/library.h"
#include "bench/trust/error_shares.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::trust {

// A point that has a number in the papers, and relative errors of what is said of it.
struct HeldOutPoint {
  std::string series;
  std::string x;
  double paper = 0;
  double with_presets = 0;             // error
  double left_out = 0;                 // error
  std::optional<double> interpolated;  // error; none: the point is not between two others
};

struct HeldOutFigure {
  std::string figure;
  size_t refitted = 0;  // parameters that were fitted again; none: no stage fits it
  std::vector<HeldOutPoint> points;
};

struct CrossValidation {
  std::vector<HeldOutFigure> figures;  // in the order of figures.json
  size_t evaluations = 0;              // of each search, at most
  size_t replicates = 0;
  bool from_middle = false;
  // What was cross-validated, for whoever reads the result later; empty: not known.
  std::string commit = {};
  std::string model = {};  // a digest of the program's sources and its presets
};

struct CrossValidationOptions {
  std::vector<std::string> figures;  // none: all of the papers
  size_t evaluations = 100;          // of a search, for each stage
  size_t replicates = 1;
  unsigned threads = 0;      // none: one for each core
  bool from_middle = false;  // of the bounds a search begins, and not at the presets' values
};

// Called as figures are done, by one thread at a time.
using CrossValidationListener = std::function<void(size_t done, size_t figures)>;

// The result does not depend on the number of threads. The library must outlive the call.
CrossValidation cross_validate(const reproduction::ReproductionLibrary& library,
                               const calibration::CalibrationPlan& plan,
                               const experiment::Catalog& catalog,
                               const calibration::PresetEdition& presets,
                               const CrossValidationOptions& options,
                               const CrossValidationListener& listener);

// Errors of many figures, one for each of their points.
struct ErrorColumns {
  std::vector<double> with_presets;
  std::vector<double> left_out;
  std::vector<double> left_out_between;  // of the points that have an interpolated one
  std::vector<double> interpolated;      // of the same points

  void add(const HeldOutFigure& figure);
};

}  // namespace wukong::trust

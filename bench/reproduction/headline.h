// The papers' headline claims, as formulas over points of the figures (headlines.yaml):
//
//   - {claim: ..., paper: 68.17, unit: x, ratio: [[figure, series, x], [figure, series, x]]}
//
// A formula is a point, `[figure, series, x]` or `[figure, series, x, metric]` for another metric
// of the same runs, or one of `point: a`, `ratio: [a, b]` (a / b), `reduction_percent: [a, b]` (100
// (1 - b / a)), `least: [a, ...]` and `most: [a, ...]`, whose operands are formulas. The least and
// the most are of what does not fail.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/reproduction/library.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction {

// A claim as it is written.
struct Claim {
  std::string claim;
  std::string unit;
  std::optional<double> paper;  // none: the papers do not say
  parameters::ParameterTree formula;
};

// All of the library, in order. Throws Error for one that is not of the form above; formulas are
// looked at when they are evaluated.
std::vector<Claim> read_claims(const ReproductionLibrary& library);

struct Headline {
  std::string claim;
  std::string unit;
  std::optional<double> paper;  // none: the papers do not say
  std::string formula;          // as people read it
  bool fails = false;           // a point of it does
  double simulated = 0;         // if it does not fail
};

// Those whose points are all among `figures`. Throws Error for a formula that is wrong, whether its
// figures are there or not.
std::vector<Headline> evaluate_headlines(const ReproductionLibrary& library,
                                         const std::vector<FigureResult>& figures);

}  // namespace wukong::reproduction

// Formulas over the points of figures; headline.h says how they are written.
#pragma once

#include <string>
#include <vector>

#include "bench/reproduction/library.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::bench {

struct FormulaValue {
  enum class Kind {
    number,
    fails,    // a point of the formula does
    unknown,  // a figure of the formula was not simulated
  };
  Kind kind = Kind::number;
  double number = 0;
  std::string text;  // the formula, as people read it
};

// Throws Error, placed where it is written, if the formula is wrong or names an unknown point.
FormulaValue evaluate_formula(const ParameterTree& formula, const ReproductionLibrary& library,
                              const std::vector<FigureResult>& figures);

}  // namespace wukong::bench

// Formulas over the points of figures; headline.h says how they are written.
#pragma once

#include <functional>
#include <string>

#include "bench/reproduction/library.h"
#include "bench/result/metric.h"

namespace wukong::reproduction {

// A point that a formula names; series and x are indices into the figure's.
struct FormulaPoint {
  const ReferenceFigure* figure;
  size_t series;
  size_t x;
  const result::Metric* metric;  // null: the figure's own
};

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

// What the simulation gives at a point; its `text` is not looked at.
using PointValues = std::function<FormulaValue(const FormulaPoint&)>;

// Throws Error, placed where it is written, if the formula is wrong or names an unknown point.
FormulaValue evaluate_formula(const parameters::ParameterTree& formula,
                              const ReproductionLibrary& library, const PointValues& values);

}  // namespace wukong::reproduction

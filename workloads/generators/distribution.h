// A distribution of a workload's parameter, with the mean that the user gives whatever its shape.
#pragma once

#include <string_view>

#include "sim/base/fields.h"
#include "sim/base/random.h"

namespace wukong::generators {

enum class DistributionShape { constant, uniform, lognormal, exponential };
constexpr std::string_view kDistributionNames[] = {"constant", "uniform", "lognormal",
                                                   "exponential"};

struct Distribution {
  DistributionShape shape = DistributionShape::constant;
  // uniform: the half width in means, so [mean (1 - spread), mean (1 + spread)]; lognormal: the
  // standard deviation of the logarithm. The others have none.
  double spread = 0.5;

  // As `<key>_distribution` and `<key>_spread`.
  void visit(FieldVisitor& v, std::string_view key);
  // Never negative. Rounded to three significant digits, unless it is constant: so a million draws
  // have a few thousand values, and tasks and objects can share what depends on them.
  double draw(RandomStream& random, double mean) const;
};

}  // namespace wukong::generators

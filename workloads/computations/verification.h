// Whether the results of a real computation are right.
#pragma once

#include <string>

namespace wukong::computations {

// Whether a run's results are right: a relative error, and whether it is small enough.
struct Verification {
  std::string what;
  double residual = 0;
  bool passed = false;
};

}  // namespace wukong::computations

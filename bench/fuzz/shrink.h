// Makes a failing case smaller while it still fails: named faults in place of probabilities, fewer
// of them, fewer settings, fewer tasks, plainer ones.
#pragma once

#include <functional>

#include "bench/fuzz/fuzz_case.h"

namespace wukong::fuzz {

// The violations of a run of a case; none: it is fine.
using FuzzTrial = std::function<std::vector<std::string>(const FuzzCase&)>;

struct Shrunk {
  FuzzCase smallest;
  std::vector<std::string> violations;
  size_t trials = 0;
};

// `struck`: the faults of the case's run. REQUIRES: `trial` finds violations in `failing`.
Shrunk shrink(const FuzzCase& failing, const std::vector<faults::FaultPoint>& struck,
              const FuzzTrial& trial);

}  // namespace wukong::fuzz

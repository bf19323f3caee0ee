// From axes to points: the grid of all combinations, axes that go together (zip), or a sample of
// the grid with a budget.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/sweep/axis.h"
#include "bench/sweep/sweep_plan.h"

namespace wukong::sweep {

enum class SampleMethod { random, latin_hypercube };

struct SampleOptions {
  SampleMethod method = SampleMethod::latin_hypercube;
  int64_t points = 0;
  uint64_t seed = 1;
};

// `zip`: groups of axes, by index, whose values go together; they have the same number of values.
// REQUIRES: no axis is a continuous range.
std::vector<PointIndices> make_grid(const std::vector<Axis>& axes,
                                    const std::vector<std::vector<size_t>>& zip);

// Draws points; an axis that is a continuous range gets a value for each of them.
// Latin hypercube: of n points, each n-th of an axis has one (McKay, Beckman, Conover 1979).
std::vector<PointIndices> make_sample(std::vector<Axis>& axes, const SampleOptions& options);

}  // namespace wukong::sweep

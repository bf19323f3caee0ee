// Relative errors, as a prediction is judged: how far off in the middle, and how often within half.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace wukong::trust {

struct ErrorShares {
  size_t points = 0;
  std::optional<double> median;     // none: no points, or infinite
  std::optional<double> within_50;  // the share of points with at most 50 %; none: no points
};

// A failure where the paper has a number is infinitely wrong.
ErrorShares share_errors(const std::vector<double>& errors);

}  // namespace wukong::trust

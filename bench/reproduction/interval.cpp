#include "bench/reproduction/interval.h"

#include <algorithm>
#include <cmath>

namespace wukong::reproduction {
namespace {

constexpr double kLow = 0.05;
constexpr double kHigh = 0.95;

// Between two values in proportion.
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::optional<Interval> interval_of(std::vector<double> values, size_t failures) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  return Interval{quantile(values, kLow), quantile(values, kHigh),
                  static_cast<double>(failures) / static_cast<double>(values.size() + failures)};
}

}  // namespace wukong::reproduction

#include "bench/sweep/grid.h"

#include <algorithm>
#include <numeric>

#include "sim/base/check.h"
#include "sim/base/random.h"

namespace wukong::sweep {
namespace {

constexpr uint64_t kMostPoints = 1'000'000;

// Axes that move together are one dimension; any other axis is one by itself.
std::vector<std::vector<size_t>> dimensions_of(size_t axes,
                                               const std::vector<std::vector<size_t>>& zip) {
  std::vector<std::vector<size_t>> dimensions;
  for (size_t axis = 0; axis < axes; ++axis) {
    const auto group = std::find_if(zip.begin(), zip.end(), [&](const auto& members) {
      return std::find(members.begin(), members.end(), axis) != members.end();
    });
    if (group == zip.end())
      dimensions.push_back({axis});
    else if (*std::min_element(group->begin(), group->end()) == axis)
      dimensions.push_back(*group);
  }
  return dimensions;
}

// The n-ths of [0, 1), shuffled, with a random place within each.
std::vector<double> stratified(size_t count, RandomStream& random) {
  std::vector<size_t> strata(count);
  std::iota(strata.begin(), strata.end(), size_t{0});
  for (size_t i = count; i > 1; --i) std::swap(strata[i - 1], strata[random.below(i)]);
  std::vector<double> fractions;
  for (const size_t stratum : strata)
    fractions.push_back((static_cast<double>(stratum) + random.uniform()) /
                        static_cast<double>(count));
  return fractions;
}

}  // namespace

std::vector<PointIndices> make_grid(const std::vector<Axis>& axes,
                                    const std::vector<std::vector<size_t>>& zip) {
  const std::vector<std::vector<size_t>> dimensions = dimensions_of(axes.size(), zip);
  uint64_t count = 1;
  for (const auto& dimension : dimensions) {
    ENSURE(!axes[dimension.front()].range, axes[dimension.front()].key);
    count *= axes[dimension.front()].values.size();
    if (count > kMostPoints)
      throw Error(axes[dimension.front()].origin.place("sweep.axes"),
                  "a grid of at most 1,000,000 points", "a larger one");
  }
  std::vector<PointIndices> points(count, PointIndices(axes.size()));
  uint64_t repeat = count;
  for (const auto& dimension : dimensions) {
    const uint64_t size = axes[dimension.front()].values.size();
    repeat /= size;
    for (uint64_t point = 0; point < count; ++point)
      for (const size_t axis : dimension)
        points[point][axis] = static_cast<uint32_t>(point / repeat % size);
  }
  return points;
}

std::vector<PointIndices> make_sample(std::vector<Axis>& axes, const SampleOptions& options) {
  const auto count = static_cast<size_t>(options.points);
  std::vector<PointIndices> points(count, PointIndices(axes.size()));
  for (size_t i = 0; i < axes.size(); ++i) {
    Axis& axis = axes[i];
    RandomStream random(options.seed, axis.key);  // one more axis does not move the others
    std::vector<double> fractions;
    if (options.method == SampleMethod::latin_hypercube)
      fractions = stratified(count, random);
    else
      for (size_t point = 0; point < count; ++point) fractions.push_back(random.uniform());
    for (size_t point = 0; point < count; ++point) {
      if (axis.range) {
        axis.values.push_back(make_axis_number(axis.range->at(fractions[point]), axis.origin));
        points[point][i] = static_cast<uint32_t>(point);
      } else {
        const auto size = static_cast<double>(axis.values.size());
        points[point][i] = static_cast<uint32_t>(fractions[point] * size);
      }
    }
  }
  return points;
}

}  // namespace wukong::sweep

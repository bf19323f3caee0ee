#include "bench/max_min/max_min.h"

#include <algorithm>
#include <limits>

namespace wukong::max_min {

std::vector<double> max_min_rates(const std::vector<Sharer>& sharers,
                                  const std::vector<double>& capacities, size_t& work) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  std::vector<double> rates(sharers.size());
  std::vector<double> rest = capacities;
  std::vector<size_t> rising(capacities.size());
  std::vector<size_t> left;
  for (size_t i = 0; i < sharers.size(); ++i) {
    left.push_back(i);
    for (const size_t resource : sharers[i].resources) ++rising[resource];
  }
  while (!left.empty()) {
    work += left.size() + capacities.size();
    double level = kNone;
    size_t full = 0;
    for (size_t resource = 0; resource < rest.size(); ++resource) {
      if (rising[resource] == 0) continue;
      const double share = std::max(0.0, rest[resource]) / static_cast<double>(rising[resource]);
      if (share >= level) continue;
      level = share;
      full = resource;
    }
    double cap = kNone;
    for (const size_t i : left) cap = std::min(cap, sharers[i].cap);
    const auto stops = [&](size_t i) {
      if (cap <= level) return sharers[i].cap == cap;
      const std::vector<size_t>& used = sharers[i].resources;
      return std::find(used.begin(), used.end(), full) != used.end();
    };
    std::vector<size_t> go_on;
    for (const size_t i : left) {
      if (!stops(i)) {
        go_on.push_back(i);
        continue;
      }
      rates[i] = std::min(cap, level);
      for (const size_t resource : sharers[i].resources) {
        rest[resource] -= rates[i];
        --rising[resource];
      }
    }
    left = go_on;
  }
  return rates;
}

}  // namespace wukong::max_min

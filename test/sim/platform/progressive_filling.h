// The textbook's max-min fair rates, for comparison: all rates rise together; when a link is full
// or a cap is reached, the flows concerned stop. From scratch, over everything, flow by flow.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace wukong::sim {

struct ReferenceFlow {
  std::vector<size_t> links;
  double cap = 0;
};

inline std::vector<double> progressive_filling(const std::vector<double>& capacities,
                                               const std::vector<ReferenceFlow>& flows) {
  std::vector<double> rates(flows.size(), 0);
  std::vector<bool> stopped(flows.size(), false);
  std::vector<double> rest = capacities;
  size_t rising = flows.size();
  double level = 0;
  while (rising > 0) {
    std::vector<double> users(capacities.size(), 0);
    for (size_t f = 0; f < flows.size(); ++f)
      if (!stopped[f])
        for (const size_t l : flows[f].links) users[l] += 1;
    double step = std::numeric_limits<double>::infinity();
    for (size_t l = 0; l < capacities.size(); ++l)
      if (users[l] > 0) step = std::min(step, rest[l] / users[l]);
    for (size_t f = 0; f < flows.size(); ++f)
      if (!stopped[f]) step = std::min(step, flows[f].cap - level);
    level += step;
    for (size_t l = 0; l < capacities.size(); ++l) rest[l] -= step * users[l];
    for (size_t f = 0; f < flows.size(); ++f) {
      if (stopped[f]) continue;
      rates[f] = level;
      bool stops = flows[f].cap - level <= 1e-12 * level;
      for (const size_t l : flows[f].links) stops |= rest[l] <= 1e-12 * capacities[l];
      if (stops) stopped[f] = true, --rising;
    }
  }
  return rates;
}

}  // namespace wukong::sim

// The textbook's max-min fair rates, for comparison: all rates rise together; when a resource is
// full or a cap is reached, the activities concerned stop. From scratch, over everything, activity
// by activity.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace wukong::fluid {

struct ReferenceActivity {
  std::vector<size_t> resources;
  double cap = 0;
};

inline std::vector<double> progressive_filling(const std::vector<double>& capacities,
                                               const std::vector<ReferenceActivity>& activities) {
  std::vector<double> rates(activities.size(), 0);
  std::vector<bool> stopped(activities.size(), false);
  std::vector<double> rest = capacities;
  size_t rising = activities.size();
  double level = 0;
  while (rising > 0) {
    std::vector<double> users(capacities.size(), 0);
    for (size_t f = 0; f < activities.size(); ++f)
      if (!stopped[f])
        for (const size_t l : activities[f].resources) users[l] += 1;
    double step = std::numeric_limits<double>::infinity();
    for (size_t l = 0; l < capacities.size(); ++l)
      if (users[l] > 0) step = std::min(step, rest[l] / users[l]);
    for (size_t f = 0; f < activities.size(); ++f)
      if (!stopped[f]) step = std::min(step, activities[f].cap - level);
    level += step;
    for (size_t l = 0; l < capacities.size(); ++l) rest[l] -= step * users[l];
    for (size_t f = 0; f < activities.size(); ++f) {
      if (stopped[f]) continue;
      rates[f] = level;
      bool stops = activities[f].cap - level <= 1e-12 * level;
      for (const size_t l : activities[f].resources) stops |= rest[l] <= 1e-12 * capacities[l];
      if (stops) stopped[f] = true, --rising;
    }
  }
  return rates;
}

}  // namespace wukong::fluid

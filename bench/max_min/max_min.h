// Max-min fair rates by the textbook: all rates rise together, and those that a full resource or
// their cap stops stay behind. From scratch, for all flows; slow.
#pragma once

#include <cstddef>
#include <vector>

namespace wukong::max_min {

struct Sharer {
  double cap;
  std::vector<size_t> resources;  // each once
};

// The rates, per second, in the order of the sharers. `capacities` by resource; `work` is raised by
// the number of steps that it has taken.
std::vector<double> max_min_rates(const std::vector<Sharer>& sharers,
                                  const std::vector<double>& capacities, size_t& work);

}  // namespace wukong::max_min

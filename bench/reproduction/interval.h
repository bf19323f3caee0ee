// Where a simulated value lies for all sets of parameters that fit almost as well, and for the
// chances of a run.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wukong::reproduction {

// From the 5th to the 95th percentile of the runs that complete.
struct Interval {
  double low = 0;
  double high = 0;
  double failing = 0;  // the share of runs that do not complete

  bool contains(double value) const { return low <= value && value <= high; }
};

// None: every run fails. `failures` are of the same runs as the values.
std::optional<Interval> interval_of(std::vector<double> values, size_t failures);

// Of a reproduction, in its order.
struct Intervals {
  std::string how;                                           // for the reader: of how many sets
  std::vector<std::vector<std::optional<Interval>>> points;  // by figure
  std::vector<std::optional<Interval>> headlines;
  size_t given = 0;     // points with a number of the papers; of other work none is counted
  size_t covering = 0;  // of those, the ones whose interval has it
};

}  // namespace wukong::reproduction

// How much of a campaign is done, in time: what ran says how long the rest will take. An experiment
// of which no run is done yet takes as long for its size as those that were measured. For progress
// only; times are of the wall clock.
#pragma once

#include <cstddef>
#include <vector>

namespace wukong::reproduction {

class WorkEstimate {
 public:
  // The next experiment: its size in any unit, and how often it runs.
  void add(double size, size_t runs);
  // A run of the experiment, by its number from 0, took so long.
  void finish(size_t experiment, double seconds);
  // From 0 to 1.
  double fraction_done() const;

 private:
  struct Part {
    double size;
    size_t runs;
    size_t finished = 0;
    double seconds = 0;  // of those
  };
  std::vector<Part> parts_;
};

}  // namespace wukong::reproduction

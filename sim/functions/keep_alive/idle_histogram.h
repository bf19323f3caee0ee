// A histogram of idle times with two percentiles that move as counts come in: each addition takes
// constant time but for the bins that a percentile passes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/time.h"

namespace wukong::keep_alive {

struct HistogramShape {
  Duration bin;
  size_t bins = 1;
  double head_percentile = 0;
  double tail_percentile = 100;
};

class IdleHistogram {
 public:
  explicit IdleHistogram(const HistogramShape& shape);

  void add(Duration idle_time);

  uint64_t inside() const { return inside_; }
  uint64_t out_of_range() const { return out_of_range_; }
  // Of the bins' counts: deviation / mean. REQUIRES: inside() > 0.
  double variation() const;
  // The lower edge of the bin that holds the head's percentile, and the upper one of the tail's.
  // REQUIRES: inside() > 0.
  Duration head() const { return bin_ * static_cast<int64_t>(head_.bin); }
  Duration tail() const { return bin_ * static_cast<int64_t>(tail_.bin + 1); }
  Duration range() const { return bin_ * static_cast<int64_t>(counts_.size()); }

 private:
  // The first bin up to which there is the fraction of all counts.
  struct Percentile {
    double fraction = 0;
    size_t bin = 0;
    uint64_t before = 0;  // counts in the bins before it
  };
  void move(Percentile& percentile, size_t added) const;

  Duration bin_;
  std::vector<uint32_t> counts_;
  uint64_t inside_ = 0;
  uint64_t out_of_range_ = 0;
  double squares_ = 0;  // of the counts, summed
  Percentile head_;
  Percentile tail_;
};

}  // namespace wukong::keep_alive

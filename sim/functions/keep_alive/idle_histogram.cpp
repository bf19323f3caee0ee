#include "sim/functions/keep_alive/idle_histogram.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace wukong::keep_alive {

IdleHistogram::IdleHistogram(const HistogramShape& shape)
    : bin_(shape.bin),
      counts_(shape.bins),
      head_{.fraction = shape.head_percentile / 100},
      tail_{.fraction = shape.tail_percentile / 100} {
  ENSURE(shape.bins > 0 && shape.bin > Duration::zero());
}

void IdleHistogram::add(Duration idle_time) {
  const auto bin = static_cast<size_t>(idle_time / bin_);
  if (bin >= counts_.size()) {
    ++out_of_range_;
    return;
  }
  squares_ += 2.0 * counts_[bin] + 1;
  ++counts_[bin];
  ++inside_;
  move(head_, bin);
  move(tail_, bin);
}

void IdleHistogram::move(Percentile& percentile, size_t added) const {
  if (added < percentile.bin) ++percentile.before;
  const double wanted = percentile.fraction * static_cast<double>(inside_);
  const auto reached = [&] {
    const uint64_t with = percentile.before + counts_[percentile.bin];
    return with > 0 && static_cast<double>(with) >= wanted;
  };
  while (percentile.before > 0 && static_cast<double>(percentile.before) >= wanted)
    percentile.before -= counts_[--percentile.bin];
  while (!reached()) percentile.before += counts_[percentile.bin++];
}

double IdleHistogram::variation() const {
  ENSURE(inside_ > 0);
  const auto bins = static_cast<double>(counts_.size());
  const double mean = static_cast<double>(inside_) / bins;
  return std::sqrt(std::max(0.0, squares_ / bins - mean * mean)) / mean;
}

}  // namespace wukong::keep_alive

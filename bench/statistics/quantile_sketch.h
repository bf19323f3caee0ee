// Quantiles of durations as they come, in bounded memory: a histogram whose buckets widen with the
// value (as HdrHistogram's do), so that a quantile's relative error is at most 0.1 %. Up to 128
// values are kept as they are, and their quantiles are exact. What a sketch says depends on the
// values alone, not on their order nor on how they were merged.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/arithmetic.h"
#include "sim/base/time.h"

namespace wukong::statistics {

class QuantileSketch {
 public:
  // Of quantile(), relative to the value.
  static constexpr double kRelativeError = 0.001;

  // REQUIRES: value >= 0.
  void add(Duration value);
  void merge(const QuantileSketch& other);

  int64_t count() const { return count_; }
  // The smallest value that at least q * count of the values do not exceed, within kRelativeError;
  // the least for q = 0 and the greatest for q = 1, exactly. REQUIRES: not empty; 0 <= q <= 1.
  Duration quantile(double q) const;
  // Exact, rounded to a nanosecond. REQUIRES: not empty.
  Duration mean() const;
  // Exact. REQUIRES: not empty.
  Duration min() const;
  Duration max() const;
  // What it takes beside itself.
  size_t memory_bytes() const;

 private:
  static constexpr int kBucketBits = 9;  // buckets of an octave: 512, so half a bucket is 0.098 %
  static constexpr size_t kBuckets = size_t{1} << kBucketBits;
  static constexpr size_t kMostExact = 128;

  using Octave = std::vector<int64_t>;  // counts; empty: no value in it

  void add_to_bucket(int64_t value);
  void begin_buckets();
  int64_t value_at_rank(int64_t rank) const;  // from 1

  std::vector<int64_t> exact_;  // sorted as long as there are few; then empty
  std::vector<Octave> octaves_;
  int64_t count_ = 0;
  Int128 sum_ = 0;
  int64_t least_ = 0;
  int64_t greatest_ = 0;
};

}  // namespace wukong::statistics

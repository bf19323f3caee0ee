#include "bench/statistics/quantile_sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/base/check.h"

namespace wukong::statistics {

// Values below 512 are in octave 0, a bucket each; octave k > 0 has those from 512 * 2^(k-1) to
// twice that, in buckets of 2^(k-1).
void QuantileSketch::add_to_bucket(int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  const int octave = std::max(0, static_cast<int>(std::bit_width(bits)) - kBucketBits);
  const size_t bucket = (octave == 0 ? bits : bits >> (octave - 1)) & (kBuckets - 1);
  const auto index = static_cast<size_t>(octave);
  if (octaves_.size() <= index) octaves_.resize(index + 1);
  if (octaves_[index].empty()) octaves_[index].resize(kBuckets);
  ++octaves_[index][bucket];
}

void QuantileSketch::begin_buckets() {
  for (const int64_t value : exact_) add_to_bucket(value);
  exact_ = {};
}

void QuantileSketch::add(Duration value) {
  const int64_t ns = value.count_ns();
  ENSURE(ns >= 0, ns);
  least_ = count_ == 0 ? ns : std::min(least_, ns);
  greatest_ = std::max(greatest_, ns);
  sum_ += ns;
  ++count_;
  if (!octaves_.empty()) return add_to_bucket(ns);
  exact_.insert(std::upper_bound(exact_.begin(), exact_.end(), ns), ns);
  if (exact_.size() > kMostExact) begin_buckets();
}

void QuantileSketch::merge(const QuantileSketch& other) {
  if (other.octaves_.empty()) {
    const std::vector<int64_t> values = other.exact_;  // a copy: `other` may be this
    for (const int64_t value : values) add(Duration::nanoseconds(value));
    return;
  }
  begin_buckets();
  if (octaves_.size() < other.octaves_.size()) octaves_.resize(other.octaves_.size());
  for (size_t octave = 0; octave < other.octaves_.size(); ++octave) {
    const Octave& counts = other.octaves_[octave];
    if (!counts.empty()) octaves_[octave].resize(kBuckets);
    for (size_t bucket = 0; bucket < counts.size(); ++bucket)
      octaves_[octave][bucket] += counts[bucket];
  }
  least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
  greatest_ = std::max(greatest_, other.greatest_);
  sum_ += other.sum_;
  count_ += other.count_;
}

int64_t QuantileSketch::value_at_rank(int64_t rank) const {
  if (octaves_.empty()) return exact_[static_cast<size_t>(rank - 1)];
  int64_t seen = 0;
  for (size_t octave = 0; octave < octaves_.size(); ++octave)
    for (size_t bucket = 0; bucket < octaves_[octave].size(); ++bucket) {
      seen += octaves_[octave][bucket];
      if (seen < rank) continue;
      if (octave == 0) return static_cast<int64_t>(bucket);
      const auto width = int64_t{1} << (octave - 1);
      return static_cast<int64_t>(kBuckets + bucket) * width + width / 2;
    }
  ENSURE(false && "the counts are fewer than the values", seen, rank, count_);
  return 0;
}

Duration QuantileSketch::quantile(double q) const {
  ENSURE(count_ > 0 && q >= 0 && q <= 1, count_, q);
  // A little less, so that 0.07 of 100 is 7 and not, as a double, a little more.
  constexpr double kRounding = 1 - 1e-14;
  const auto rank = static_cast<int64_t>(std::ceil(q * static_cast<double>(count_) * kRounding));
  if (rank >= count_) return max();
  if (rank <= 1) return min();
  return Duration::nanoseconds(std::clamp(value_at_rank(rank), least_, greatest_));
}

Duration QuantileSketch::mean() const {
  ENSURE(count_ > 0);
  return Duration::nanoseconds(static_cast<int64_t>((sum_ + count_ / 2) / count_));
}

Duration QuantileSketch::min() const {
  ENSURE(count_ > 0);
  return Duration::nanoseconds(least_);
}

Duration QuantileSketch::max() const {
  ENSURE(count_ > 0);
  return Duration::nanoseconds(greatest_);
}

size_t QuantileSketch::memory_bytes() const {
  size_t bytes = exact_.capacity() * sizeof(int64_t) + octaves_.capacity() * sizeof(Octave);
  for (const Octave& octave : octaves_) bytes += octave.capacity() * sizeof(int64_t);
  return bytes;
}

}  // namespace wukong::statistics

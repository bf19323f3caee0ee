#include "runtime/loop/measurements.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::loop {

using std::chrono::nanoseconds;

void Measurement::add(nanoseconds time, Bytes amount) {
  const auto bytes = static_cast<double>(amount.count());
  samples_.push_back({time, amount});
  times_ += static_cast<double>(time.count());
  amounts_ += bytes;
  squares_ += bytes * bytes;
  products_ += bytes * static_cast<double>(time.count());
}

nanoseconds Measurement::mean() const {
  if (samples_.empty()) return nanoseconds(0);
  return nanoseconds(static_cast<int64_t>(times_ / static_cast<double>(count())));
}

double Measurement::slope() const {
  const auto n = static_cast<double>(count());
  const double variance = n * squares_ - amounts_ * amounts_;
  // Without a spread of amounts there is no slope to see.
  if (variance <= 1e-9 * n * squares_) return 0;
  return std::max(0.0, (n * products_ - amounts_ * times_) / variance);
}

nanoseconds Measurement::of(Bytes amount) const {
  if (samples_.empty()) return nanoseconds(0);
  const double mean_amount = amounts_ / static_cast<double>(count());
  const double beyond = static_cast<double>(amount.count()) - mean_amount;
  const double time = static_cast<double>(mean().count()) + slope() * beyond;
  return nanoseconds(static_cast<int64_t>(std::max(0.0, time)));
}

nanoseconds Measurement::sample(uint64_t index, Bytes amount) const {
  ENSURE(!samples_.empty());
  const Sample& sample = samples_[index % samples_.size()];
  const auto expected = static_cast<double>(of(sample.amount).count());
  if (expected <= 0) return sample.time;
  const double ratio = static_cast<double>(sample.time.count()) / expected;
  return nanoseconds(static_cast<int64_t>(static_cast<double>(of(amount).count()) * ratio));
}

}  // namespace wukong::loop

#include "workloads/trace_generator/day_warp.h"

#include <algorithm>
#include <numeric>

#include "sim/base/error.h"

namespace wukong::trace_generator {
namespace {

constexpr int64_t kHourNs = 3'600'000'000'000;
constexpr int64_t kDayNs = 24 * kHourNs;

}  // namespace

DayWarp::DayWarp(const std::vector<double>& hourly, const std::string& key) {
  const double sum = std::accumulate(hourly.begin(), hourly.end(), 0.0);
  if (hourly.size() != weights_.size() || sum <= 0)
    throw Error(ErrorPlace{"", 0, key}, "24 numbers, not all 0",
                std::to_string(hourly.size()) + " of the sum " + std::to_string(sum));
  double passed = 0;
  for (size_t hour = 0; hour < weights_.size(); ++hour) {
    weights_[hour] = hourly[hour] * 24 / sum;
    begins_ns_[hour] =
        std::min(kDayNs, static_cast<int64_t>(passed * static_cast<double>(kHourNs)));
    passed += weights_[hour];
  }
  begins_ns_.back() = kDayNs;
}

Time DayWarp::warped(Duration even) const {
  const int64_t day = even.count_ns() / kDayNs;
  const int64_t in_day = even.count_ns() % kDayNs;
  const auto above = std::upper_bound(begins_ns_.begin(), begins_ns_.end(), in_day);
  const auto hour = static_cast<size_t>(above - begins_ns_.begin()) - 1;
  // An hour without any is left by rounding alone.
  const double weight = weights_[hour] > 0 ? weights_[hour] : 1;
  const double in_hour = static_cast<double>(in_day - begins_ns_[hour]) / weight;
  const int64_t ns = std::min(kHourNs - 1, static_cast<int64_t>(in_hour));
  return Time::at(Duration::nanoseconds(day * kDayNs + static_cast<int64_t>(hour) * kHourNs + ns));
}

}  // namespace wukong::trace_generator

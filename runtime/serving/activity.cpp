#include "runtime/serving/activity.h"

#include <algorithm>
#include <cmath>

namespace wukong::serving {
namespace {

constexpr size_t kSecondsKept = 600;
constexpr double kShortestMs = 0.01;
constexpr double kGrowth = 1.2;

void add_to(FunctionActivity& activity, const Activity::End& end) {
  ++activity.invocations;
  if (end.failed) ++activity.errors;
  activity.cold_starts += static_cast<uint64_t>(end.cold_starts);
  activity.latency.add(end.latency);
}

}  // namespace

void LatencyCounts::add(std::chrono::nanoseconds time) {
  const double ms = std::max(static_cast<double>(time.count()) * 1e-6, kShortestMs);
  const auto place = static_cast<size_t>(std::log(ms / kShortestMs) / std::log(kGrowth));
  ++classes_[std::min(place, classes_.size() - 1)];
  ++count_;
}

// The middle of the class in which it lies.
double LatencyCounts::quantile_ms(double q) const {
  if (count_ == 0) return 0;
  const auto rank = static_cast<uint64_t>(std::ceil(q * static_cast<double>(count_)));
  uint64_t passed = 0;
  for (size_t i = 0; i < classes_.size(); ++i) {
    passed += classes_[i];
    if (passed >= std::max<uint64_t>(rank, 1))
      return kShortestMs * std::pow(kGrowth, static_cast<double>(i) + 0.5);
  }
  return 0;
}

void Activity::ended(const std::string& function, const End& end) {
  add_to(functions_[function], end);
  add_to(all_, end);
  ++current_.invocations;
  if (end.failed) ++current_.errors;
  current_.cold_starts += static_cast<uint32_t>(end.cold_starts);
  const double ms = static_cast<double>(end.latency.count()) * 1e-6;
  current_.latency_most_ms = std::max(current_.latency_most_ms, ms);
}

void Activity::throttled(const std::string& function) {
  ++functions_[function].throttles;
  ++all_.throttles;
  ++current_.throttles;
}

void Activity::close_second(int64_t second, double running, int64_t environments) {
  current_.second = second;
  current_.running = running;
  current_.environments = environments;
  seconds_.push_back(current_);
  if (seconds_.size() > kSecondsKept) seconds_.pop_front();
  current_ = {};
}

}  // namespace wukong::serving

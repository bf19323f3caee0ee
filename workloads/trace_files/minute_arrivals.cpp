#include "workloads/trace_files/minute_arrivals.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::trace_files {
namespace {

constexpr int64_t kMinuteNs = 60'000'000'000;

}  // namespace

MinuteArrivals::MinuteArrivals(WithinMinute how, int64_t count, RandomStream random)
    : how_(how), count_(count), random_(random) {
  ENSURE(count > 0, count);
  if (how_ != WithinMinute::uniform) return;
  // The gaps are drawn twice, here for their sum.
  all_gaps_ = 0;
  for (int64_t gap = 0; gap <= count; ++gap) all_gaps_ += random.uniform();
}

double MinuteArrivals::next_fraction() {
  switch (how_) {
    case WithinMinute::exponential: {
      // The least of r uniform draws from the rest of the minute, r being those that are left.
      const double u = 1 - random_.uniform();
      const auto left = static_cast<double>(count_ - given_);
      return 1 - (1 - passed_) * portable_exp(portable_log(u) / left);
    }
    case WithinMinute::uniform:
      return all_gaps_ > 0 ? passed_ + random_.uniform() / all_gaps_ : 0;
    case WithinMinute::equidistant:
      return static_cast<double>(given_) / static_cast<double>(count_);
  }
  ENSURE(false && "no such way", static_cast<int>(how_));
  return 0;
}

Duration MinuteArrivals::next() {
  ENSURE(!ended(), given_, count_);
  passed_ = std::max(passed_, next_fraction());
  ++given_;
  const auto ns = static_cast<int64_t>(passed_ * static_cast<double>(kMinuteNs));
  return Duration::nanoseconds(std::min(ns, kMinuteNs - 1));
}

}  // namespace wukong::trace_files

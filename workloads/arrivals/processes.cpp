#include "workloads/arrivals/processes.h"

#include <numeric>

#include "sim/base/check.h"

namespace wukong::arrivals {
namespace {

constexpr double kSecondsOfMinute = 60;
constexpr double kSecondsOfHour = 3600;
constexpr size_t kHours = 24;

}  // namespace

PoissonTimes::PoissonTimes(double per_minute, RandomStream random)
    : mean_gap_s_(kSecondsOfMinute / per_minute), random_(random) {
  ENSURE(per_minute > 0, per_minute);
}

Time PoissonTimes::next() {
  return now_ += Duration::from_seconds(random_.exponential(mean_gap_s_));
}

BurstTimes::BurstTimes(const BurstOptions& options, RandomStream random)
    : options_(options), random_(random) {
  const double burst = options.burst.to_seconds();
  in_burst_ = random_.chance(burst / (burst + options.quiet.to_seconds()));
  state_ends_ = Time::at(state_length());
}

Duration BurstTimes::state_length() {
  const Duration mean = in_burst_ ? options_.burst : options_.quiet;
  return Duration::from_seconds(random_.exponential(mean.to_seconds()));
}

// Gaps have no memory, so one that would end in another state is drawn anew from that state's
// start.
Time BurstTimes::next() {
  while (true) {
    const double rate = in_burst_ ? options_.burst_per_minute : options_.quiet_per_minute;
    if (rate > 0) {
      const Time at = now_ + Duration::from_seconds(random_.exponential(kSecondsOfMinute / rate));
      if (at < state_ends_) return now_ = at;
    }
    now_ = state_ends_;
    in_burst_ = !in_burst_;
    state_ends_ += state_length();
  }
}

Time PeriodicTimes::next() { return Time::at(options_.every * (given_++ / options_.jobs)); }

DayCurveTimes::DayCurveTimes(const DayCurveOptions& options, RandomStream random)
    : per_hour_(options.hourly), random_(random) {
  ENSURE(per_hour_.size() == kHours, per_hour_.size());
  const double sum = std::accumulate(per_hour_.begin(), per_hour_.end(), 0.0);
  ENSURE(sum > 0, sum);
  for (double& rate : per_hour_) rate *= options.per_minute * 60 * kHours / sum;
}

Time DayCurveTimes::next() {
  double jobs = random_.exponential(1);  // that would have come, on average, until this one
  while (true) {
    const double rate = per_second(static_cast<size_t>(hour_) % kHours);
    const double left = rate * (kSecondsOfHour - in_hour_s_);
    if (rate > 0 && jobs < left) {
      in_hour_s_ += jobs / rate;
      return Time::at(Duration::seconds(3600 * hour_) + Duration::from_seconds(in_hour_s_));
    }
    jobs -= left;
    ++hour_;
    in_hour_s_ = 0;
  }
}

}  // namespace wukong::arrivals

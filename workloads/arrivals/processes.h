// Processes of arrival times, one class each: when, not which.
#pragma once

#include <vector>

#include "sim/base/random.h"
#include "sim/base/time.h"
#include "workloads/arrivals/arrival_options.h"

namespace wukong::arrivals {

// An endless sequence of times, none before the last.
class ArrivalTimes {
 public:
  virtual ~ArrivalTimes() = default;
  virtual Time next() = 0;
};

class AllAtOnce final : public ArrivalTimes {
 public:
  Time next() override { return Time(); }
};

class PoissonTimes final : public ArrivalTimes {
 public:
  PoissonTimes(double per_minute, RandomStream random);
  Time next() override;

 private:
  double mean_gap_s_;
  RandomStream random_;
  Time now_;
};

class BurstTimes final : public ArrivalTimes {
 public:
  BurstTimes(const BurstOptions& options, RandomStream random);
  Time next() override;

 private:
  Duration state_length();

  BurstOptions options_;
  RandomStream random_;
  bool in_burst_;
  Time now_;
  Time state_ends_;
};

class PeriodicTimes final : public ArrivalTimes {
 public:
  explicit PeriodicTimes(const PeriodicOptions& options) : options_(options) {}
  Time next() override;

 private:
  PeriodicOptions options_;
  int64_t given_ = 0;
};

// A Poisson process of rate one in a time of its own, which runs as fast as the hour says.
class DayCurveTimes final : public ArrivalTimes {
 public:
  // REQUIRES: 24 hours of weights, at least one above zero.
  DayCurveTimes(const DayCurveOptions& options, RandomStream random);
  Time next() override;

 private:
  double per_second(size_t hour) const { return per_hour_[hour] / 3600; }

  std::vector<double> per_hour_;
  RandomStream random_;
  int64_t hour_ = 0;      // since time zero
  double in_hour_s_ = 0;  // passed of it
};

}  // namespace wukong::arrivals

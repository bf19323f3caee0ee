#include <algorithm>
#include <numeric>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/arrivals/arrival_options.h"
#include "workloads/arrivals/job_list.h"
#include "workloads/arrivals/kind_draw.h"
#include "workloads/arrivals/processes.h"
#include "workloads/arrivals/trace_arrivals.h"
#include "workloads/trace_catalog/trace_options.h"

namespace wukong::arrivals {
namespace {

constexpr size_t kHoursOfDay = 24;

// Times of a process, and kinds drawn by weight.
class DrawnArrivals final : public Arrivals {
 public:
  DrawnArrivals(std::unique_ptr<ArrivalTimes> times, KindDraw kinds)
      : times_(std::move(times)), kinds_(std::move(kinds)) {}

  std::optional<Arrival> next() override { return Arrival{times_->next(), kinds_.next()}; }

 private:
  std::unique_ptr<ArrivalTimes> times_;
  KindDraw kinds_;
};

class LimitedArrivals final : public Arrivals {
 public:
  LimitedArrivals(std::unique_ptr<Arrivals> arrivals, const ArrivalLimits& limits)
      : arrivals_(std::move(arrivals)), limits_(limits) {}

  std::optional<Arrival> next() override {
    if (ended_ || (limits_.count && given_ == *limits_.count)) return std::nullopt;
    const std::optional<Arrival> arrival = arrivals_->next();
    ended_ = !arrival || arrival->at >= limits_.end;
    if (ended_) return std::nullopt;
    ++given_;
    return arrival;
  }

 private:
  std::unique_ptr<Arrivals> arrivals_;
  ArrivalLimits limits_;
  int64_t given_ = 0;
  bool ended_ = false;
};

void check_day_curve(const DayCurveOptions& options, const std::string& key) {
  const ErrorPlace place{"", 0, key + ".day_curve.hourly"};
  if (options.hourly.size() != kHoursOfDay)
    throw Error(place, "24 numbers", std::to_string(options.hourly.size()));
  if (std::all_of(options.hourly.begin(), options.hourly.end(), [](double w) { return w == 0; }))
    throw Error(place, "an hour with jobs", "24 times 0");
}

std::unique_ptr<ArrivalTimes> make_times(const ArrivalOptions& options, uint64_t seed,
                                         const std::string& key) {
  const RandomStream random(seed, "arrivals.time");
  if (options.poisson_per_minute)
    return std::make_unique<PoissonTimes>(*options.poisson_per_minute, random);
  if (options.bursts) return std::make_unique<BurstTimes>(*options.bursts, random);
  if (options.periodic) return std::make_unique<PeriodicTimes>(*options.periodic);
  if (options.day_curve) {
    check_day_curve(*options.day_curve, key);
    return std::make_unique<DayCurveTimes>(*options.day_curve, random);
  }
  ENSURE(options.all_at_once);
  return std::make_unique<AllAtOnce>();
}

}  // namespace

std::unique_ptr<Arrivals> make_arrivals(const ArrivalOptions& options, const JobMix& mix,
                                        const ArrivalLimits& limits, uint64_t seed,
                                        const std::string& key) {
  ENSURE(mix.names.size() == mix.weights.size(), mix.names.size(), mix.weights.size());
  ENSURE(std::accumulate(mix.weights.begin(), mix.weights.end(), 0.0) > 0);
  const int given = (options.all_at_once ? 1 : 0) + (options.poisson_per_minute ? 1 : 0) +
                    (options.bursts ? 1 : 0) + (options.periodic ? 1 : 0) +
                    (options.day_curve ? 1 : 0) + (options.list ? 1 : 0) + (options.trace ? 1 : 0);
  if (given != 1)
    throw Error(
        ErrorPlace{"", 0, key},
        "one of all_at_once, poisson_per_minute, bursts, periodic, day_curve, list and trace",
        given == 0 ? "none" : std::to_string(given) + " of them");
  std::unique_ptr<Arrivals> arrivals;
  if (options.list) {
    ENSURE(options.list->content.has_value());
    arrivals = std::make_unique<JobList>(csv::text_file(options.list->path, *options.list->content),
                                         mix.names);
  } else if (options.trace) {
    arrivals = std::make_unique<TraceArrivals>(
        trace_catalog::make_trace(*options.trace, seed, key + ".trace"), mix.weights, seed);
  } else {
    if (!limits.count && limits.end == Time::max())
      throw Error(ErrorPlace{"", 0, key}, "a number of jobs, or an end of the load, beside it",
                  "neither");
    arrivals = std::make_unique<DrawnArrivals>(make_times(options, seed, key),
                                               KindDraw(mix.weights, seed));
  }
  return std::make_unique<LimitedArrivals>(std::move(arrivals), limits);
}

}  // namespace wukong::arrivals

#include "workloads/arrivals/arrival_options.h"

namespace wukong::arrivals {
namespace {

constexpr Bounds kPerMinute{1e-9, 1e9, "a time between two arrivals is at least a nanosecond"};
constexpr Bounds kPerMinuteOrNone{0, 1e9, kPerMinute.because};
constexpr Bounds kHourWeight{0, 1e9};
constexpr Bounds kStateSeconds{1e-3, 1e9};

}  // namespace

void BurstOptions::visit(FieldVisitor& v) {
  v.about("Jobs a minute between bursts")
      .field("quiet_per_minute", quiet_per_minute, kPerMinuteOrNone);
  v.about("Jobs a minute in a burst").field("burst_per_minute", burst_per_minute, kPerMinute);
  v.about("How long it is quiet, on average").duration("quiet_s", quiet, kStateSeconds);
  v.about("How long a burst lasts, on average").duration("burst_s", burst, kStateSeconds);
}

void PeriodicOptions::visit(FieldVisitor& v) {
  v.about("The time from one to the next").duration("every_s", every, {1e-6, 1e9});
  v.about("Jobs that come together").field("jobs", jobs, kCount);
}

void DayCurveOptions::visit(FieldVisitor& v) {
  v.about("Jobs a minute, the mean of a day").field("per_minute", per_minute, kPerMinute);
  v.about("24 numbers: how many come in each hour of a day, relative to the others")
      .numbers("hourly", hourly, kHourWeight);
}

void ArrivalOptions::visit(FieldVisitor& v) {
  v.about("Every job at time zero").field("all_at_once", all_at_once);
  v.optional("poisson_per_minute", poisson_per_minute, [&](double& value) {
    v.about("A Poisson process: jobs a minute").field("poisson_per_minute", value, kPerMinute);
  });
  v.optional("bursts", bursts, [&](BurstOptions& value) { v.group("bursts", value); });
  v.optional("periodic", periodic, [&](PeriodicOptions& value) { v.group("periodic", value); });
  v.optional("day_curve", day_curve, [&](DayCurveOptions& value) { v.group("day_curve", value); });
  v.optional("list", list, [&](InputFile& value) {
    v.about("A CSV of the columns time_s and job").file("list", value);
  });
  v.optional("trace", trace, [&](trace_catalog::TraceOptions& value) { v.group("trace", value); });
}

}  // namespace wukong::arrivals

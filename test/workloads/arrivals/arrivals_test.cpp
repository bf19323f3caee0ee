#include "workloads/arrivals/arrival_options.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::arrivals {
namespace {

const JobMix kOneKind{{"job"}, {1}};

std::vector<Arrival> arrivals_of(const ArrivalOptions& options, const ArrivalLimits& limits,
                                 const JobMix& mix = kOneKind, uint64_t seed = 1) {
  const auto source = make_arrivals(options, mix, limits, seed, "arrivals");
  std::vector<Arrival> arrivals;
  while (const auto arrival = source->next()) arrivals.push_back(*arrival);
  CHECK(!source->next());
  const auto earlier = [](const Arrival& a, const Arrival& b) { return a.at < b.at; };
  CHECK(std::is_sorted(arrivals.begin(), arrivals.end(), earlier));
  return arrivals;
}

ArrivalLimits until_hours(int64_t hours) {
  return {.end = Time::at(Duration::seconds(3600 * hours))};
}

// Variance by mean of the numbers in each interval: 1 for a Poisson process.
double dispersion(const std::vector<Arrival>& arrivals, int64_t interval_s, size_t intervals) {
  std::vector<double> counts(intervals);
  for (const Arrival& arrival : arrivals)
    ++counts[static_cast<size_t>(arrival.at.since_start() / Duration::seconds(interval_s))];
  double sum = 0, squares = 0;
  for (const double count : counts) sum += count, squares += count * count;
  const double mean = sum / static_cast<double>(intervals);
  return (squares / static_cast<double>(intervals) - mean * mean) / mean;
}

ArrivalOptions list_of(const std::string& text) { return {.list = InputFile{"jobs.csv", text}}; }

}  // namespace

TEST_CASE("all jobs at once are at time zero, as many as asked for", "[arrivals]") {
  const auto arrivals = arrivals_of({.all_at_once = true}, {.count = 7});
  CHECK(arrivals == std::vector<Arrival>(7, {Time(), JobKindId(0)}));
}

TEST_CASE("Poisson arrivals have their rate, exponential gaps, and counts as spread as their mean",
          "[arrivals]") {
  const auto arrivals = arrivals_of({.poisson_per_minute = 30}, until_hours(100));
  CHECK(arrivals.size() == Approx(180'000).epsilon(0.01));
  CHECK(dispersion(arrivals, 60, 6'000) == Approx(1).margin(0.1));
  double above_mean = 0;  // exp(-1) of exponential gaps
  for (size_t i = 1; i < arrivals.size(); ++i)
    above_mean += arrivals[i].at - arrivals[i - 1].at > Duration::seconds(2);
  CHECK(above_mean / static_cast<double>(arrivals.size()) == Approx(std::exp(-1)).margin(0.005));
  CHECK(arrivals_of({.poisson_per_minute = 30}, {.count = 100}) ==
        std::vector<Arrival>(arrivals.begin(), arrivals.begin() + 100));
  CHECK(arrivals_of({.poisson_per_minute = 30}, {.count = 100}, kOneKind, 2) !=
        arrivals_of({.poisson_per_minute = 30}, {.count = 100}, kOneKind, 1));
}

TEST_CASE("bursts come at the rates of their two states, for the share of time of each",
          "[arrivals]") {
  const BurstOptions bursts{.quiet_per_minute = 2,
                            .burst_per_minute = 120,
                            .quiet = Duration::seconds(300),
                            .burst = Duration::seconds(20)};
  const auto arrivals = arrivals_of({.bursts = bursts}, until_hours(2'000));
  // (2 * 300 + 120 * 20) / 320 a minute.
  CHECK(arrivals.size() == Approx(9.375 * 60 * 2'000).epsilon(0.03));
  // Of a two-state process, over long intervals: 1 + 2 p q (difference of rates)^2 / (mean rate *
  // (1/quiet + 1/burst)), p and q being the shares of time.
  const double p = 20.0 / 320, q = 1 - p, difference = 118.0 / 60, mean = 9.375 / 60;
  const double expected = 1 + 2 * p * q * difference * difference / (mean * (1.0 / 300 + 1.0 / 20));
  CHECK(dispersion(arrivals, 3'600, 2'000) == Approx(expected).epsilon(0.1));
  const BurstOptions only{
      .burst_per_minute = 60, .quiet = Duration::seconds(10), .burst = Duration::seconds(10)};
  CHECK(arrivals_of({.bursts = only}, until_hours(100)).size() == Approx(180'000).epsilon(0.03));
}

TEST_CASE("periodic jobs come together, at time zero and then every so often", "[arrivals]") {
  const auto arrivals = arrivals_of(
      {.periodic = PeriodicOptions{.every = Duration::seconds(30), .jobs = 2}}, {.count = 5});
  const auto at = [](int64_t seconds) {
    return Arrival{Time::at(Duration::seconds(seconds)), JobKindId(0)};
  };
  CHECK(arrivals == std::vector<Arrival>{at(0), at(0), at(30), at(30), at(60)});
}

TEST_CASE("a day curve gives each hour its share of the day, every day", "[arrivals]") {
  DayCurveOptions curve{.per_minute = 40, .hourly = std::vector<double>(24, 1)};
  curve.hourly[3] = 0;
  curve.hourly[12] = 5;
  const auto arrivals = arrivals_of({.day_curve = curve}, until_hours(24 * 20));
  std::vector<double> by_hour(24);
  for (const Arrival& arrival : arrivals)
    ++by_hour[static_cast<size_t>(arrival.at.since_start() / Duration::seconds(3600) % 24)];
  CHECK(arrivals.size() == Approx(40 * 60 * 24 * 20).epsilon(0.01));
  const double unit = 40.0 * 60 * 24 * 20 / 27;
  CHECK(by_hour[3] == 0);
  CHECK(by_hour[12] == Approx(5 * unit).epsilon(0.02));
  CHECK(by_hour[23] == Approx(unit).epsilon(0.03));
}

TEST_CASE("kinds are drawn by weight, and do not move the times", "[arrivals]") {
  const JobMix mix{{"a", "none", "b"}, {1, 0, 3}};
  const auto mixed = arrivals_of({.poisson_per_minute = 60}, {.count = 40'000}, mix);
  const auto plain = arrivals_of({.poisson_per_minute = 60}, {.count = 40'000});
  std::vector<double> counts(3);
  bool same_times = true;
  for (size_t i = 0; i < mixed.size(); ++i) {
    ++counts[mixed[i].kind.index()];
    same_times = same_times && mixed[i].at == plain[i].at;
  }
  CHECK(same_times);
  CHECK(counts[0] == Approx(10'000).epsilon(0.03));
  CHECK(counts[1] == 0);
  CHECK(counts[2] == Approx(30'000).epsilon(0.02));
}

TEST_CASE("a list names each job's time and kind, and ends by itself", "[arrivals]") {
  const JobMix mix{{"a", "b"}, {1, 1}};
  const auto at = [](double seconds, size_t kind) {
    return Arrival{Time::at(Duration::from_seconds(seconds)), JobKindId(kind)};
  };
  const std::vector<Arrival> expected = {at(0, 1), at(1.5, 0), at(1.5, 1)};
  CHECK(arrivals_of(list_of("time_s,job\n0,b\n1.5,a\n1.5,b\n"), {}, mix) == expected);
  CHECK(arrivals_of(list_of("job,time\nb,0\na,1.5\nb,1.5\n"), {}, mix) == expected);
  CHECK(arrivals_of(list_of("time,job\n0,b\n1.5,a\n"), {.count = 1}, mix).size() == 1);
}

TEST_CASE("a trace's invocations are jobs at their times, those of one function of one kind",
          "[arrivals]") {
  trace_catalog::TraceOptions trace;
  std::string text = "timestamp_s,function,duration_s\n";
  for (int i = 0; i < 600; ++i) text += std::to_string(i) + ",f" + std::to_string(i % 200) + ",1\n";
  trace.csv = InputFile{"t.csv", text};
  trace.sample.start_hours = 1.0 / 36;  // 100 s
  const JobMix mix{{"a", "b"}, {1, 3}};
  const auto arrivals = arrivals_of({.trace = trace}, {}, mix);
  REQUIRE(arrivals.size() == 500);
  size_t of_b = 0;
  bool same_times = true, same_kinds = true;
  for (size_t i = 0; i < arrivals.size(); ++i) {
    same_times =
        same_times && arrivals[i].at == Time::at(Duration::seconds(1) * static_cast<int64_t>(i));
    if (i >= 200) same_kinds = same_kinds && arrivals[i].kind == arrivals[i - 200].kind;
    if (i < 200) of_b += arrivals[i].kind == JobKindId(1) ? 1 : 0;
  }
  CHECK(same_times);
  CHECK(same_kinds);
  CHECK(of_b == Approx(150).margin(25));
  CHECK(arrivals_of({.trace = trace}, {.count = 7}, mix).size() == 7);
  trace.csv->content = "timestamp_s,function,duration_s\n0,f,x\n";
  CHECK(test::error_text([&] {
          arrivals_of({.trace = trace}, {}, mix);
        }).starts_with("t.csv:2: column 3 (duration_s): "));
}

TEST_CASE("bad arrivals are errors that say what is expected", "[arrivals]") {
  const JobMix mix{{"tsqr", "gemm"}, {1, 1}};
  const auto complaint = [&](const ArrivalOptions& options,
                             const ArrivalLimits& limits = {.count = 10}) {
    return test::error_text([&] { arrivals_of(options, limits, mix); });
  };
  CHECK(complaint({}) ==
        "arrivals: expected one of all_at_once, poisson_per_minute, bursts, periodic, day_curve, "
        "list and trace, found none");
  CHECK(complaint({.all_at_once = true, .poisson_per_minute = 3}) ==
        "arrivals: expected one of all_at_once, poisson_per_minute, bursts, periodic, day_curve, "
        "list and trace, found 2 of them");
  CHECK(complaint({.poisson_per_minute = 3}, {}) ==
        "arrivals: expected a number of jobs, or an end of the load, beside it, found neither");
  CHECK(complaint({.day_curve = DayCurveOptions{.per_minute = 1, .hourly = {1, 2}}}) ==
        "arrivals.day_curve.hourly: expected 24 numbers, found 2");
  CHECK(complaint({.day_curve =
                       DayCurveOptions{.per_minute = 1, .hourly = std::vector<double>(24, 0)}}) ==
        "arrivals.day_curve.hourly: expected an hour with jobs, found 24 times 0");
  CHECK(complaint(list_of("time_s,job\n0,tsrq\n")) ==
        "jobs.csv:2: column 2 (job): expected a job's name (did you mean \"tsqr\"?), found "
        "\"tsrq\"");
  CHECK(complaint(list_of("time_s,job\n1,tsqr\n0,tsqr\n")) ==
        "jobs.csv:3: column 1 (time_s): expected rows in the order of their times, so at least "
        "that of the row before, found \"0\"");
  CHECK(complaint(list_of("when,job\n")) ==
        "jobs.csv:1: expected a column \"time_s\", found \"when, job\"");
  CHECK(complaint(list_of("")) ==
        "jobs.csv: expected a CSV file with a header, found an empty file");
}

}  // namespace wukong::arrivals

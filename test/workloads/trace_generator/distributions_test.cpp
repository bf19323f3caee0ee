// The generated applications beside the published tables: Kolmogorov's distance, at the tables'
// points, of 20,000 applications.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_generator/azure_preset.h"
#include "workloads/trace_generator/drawn_apps.h"

namespace wukong::trace_generator {
namespace {

using traces::TraceFunction;

const DrawnApps& drawn() {
  static const DrawnApps apps = draw_apps(test::azure_2019(20'000, 24), 1, "synthetic");
  return apps;
}

double distance(std::vector<double> sample, const std::vector<double>& values,
                const std::vector<double>& cumulative) {
  REQUIRE(values.size() == cumulative.size());
  std::sort(sample.begin(), sample.end());
  double most = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto below = std::upper_bound(sample.begin(), sample.end(), values[i] * (1 + 1e-9));
    const double share =
        static_cast<double>(below - sample.begin()) / static_cast<double>(sample.size());
    most = std::max(most, std::abs(share - cumulative[i]));
  }
  return most;
}

std::vector<double> of_apps(const std::function<bool(const DrawnApp&)>& which,
                            const std::function<double(const DrawnApp&)>& value) {
  std::vector<double> values;
  for (const DrawnApp& app : drawn().apps)
    if (which(app)) values.push_back(value(app));
  return values;
}
bool any(const DrawnApp&) { return true; }

double memory_of(const DrawnApp& app) {
  double bytes = 0;
  for (size_t i = 0; i < app.functions; ++i)
    bytes += static_cast<double>(
        drawn().table.functions()[app.first_function.index() + i].memory.count());
  return bytes / 1048576;
}

// The share of all invocations that the most popular part of the applications makes.
double share_of_top(double part) {
  std::vector<double> rates = of_apps(any, [](const DrawnApp& app) { return app.per_day; });
  std::sort(rates.rbegin(), rates.rend());
  const auto top = static_cast<size_t>(part * static_cast<double>(rates.size()));
  double all = 0, of_top = 0;
  for (size_t i = 0; i < rates.size(); ++i) {
    all += rates[i];
    if (i < top) of_top += rates[i];
  }
  return of_top / all;
}

}  // namespace

TEST_CASE("generated applications are as popular as Azure's", "[traces]") {
  const auto rates = of_apps(any, [](const DrawnApp& app) { return app.per_day; });
  CHECK(distance(rates, {0.07, 0.3, 0.6, 0.95, 1.2,  2,    5,    10,  24.5, 48.5, 100, 144,
                         250,  300, 500, 1000, 1500, 3000, 5000, 1e4, 3e4,  1e5,  3e5, 1e6},
                 {.03, .10, .14, .17, .23, .27, .34, .38, .46, .51, .56, .59,
                  .62, .68, .74, .79, .83, .88, .91, .93, .96, .98, .99, .998}) < 0.02);
  CHECK(share_of_top(0.01) == Approx(0.87).margin(0.03));
  CHECK(share_of_top(0.001) == Approx(0.53).margin(0.04));
  CHECK(share_of_top(0.1) == Approx(0.988).margin(0.01));
}

TEST_CASE("generated applications have as many functions, with the triggers of Azure's",
          "[traces]") {
  const auto sizes =
      of_apps(any, [](const DrawnApp& app) { return static_cast<double>(app.functions); });
  CHECK(distance(sizes, {1, 2, 3, 5, 10, 100}, {.54, .70, .80, .88, .95, .9996}) < 0.02);
  const double published[] = {.55, .15, .02, .16, .07, .03, .02};
  std::vector<double> shares(traces::kTriggers);
  for (const TraceFunction& function : drawn().table.functions())
    shares[static_cast<size_t>(function.trigger)] +=
        1 / static_cast<double>(drawn().table.function_count());
  for (size_t trigger = 0; trigger < std::size(published); ++trigger)
    CHECK(shares[trigger] == Approx(published[trigger]).margin(0.01));
}

TEST_CASE("generated applications vary as Azure's with and without timers", "[traces]") {
  const std::vector<double> values = {.02, .1, .25, .5, .75, 1, 1.5, 2, 3, 4, 6, 8, 10};
  const auto variation = [](const DrawnApp& app) { return app.variation; };
  const auto with = [&](const std::function<bool(TriggerMix)>& which) {
    return of_apps([&](const DrawnApp& app) { return which(app.mix); }, variation);
  };
  CHECK(distance(with([](TriggerMix mix) { return mix == TriggerMix::only_timers; }), values,
                 {.49, .62, .73, .85, .89, .93, .97, .98, .99, 1, 1, 1, 1}) < 0.02);
  CHECK(distance(with([](TriggerMix mix) { return mix != TriggerMix::no_timers; }), values,
                 {.31, .42, .52, .64, .69, .76, .83, .86, .91, .93, .95, .97, .97}) < 0.02);
  CHECK(distance(with([](TriggerMix mix) { return mix == TriggerMix::no_timers; }), values,
                 {.12, .14, .18, .23, .28, .35, .46, .55, .68, .76, .85, .89, .91}) < 0.02);
}

TEST_CASE("generated functions run as long as Azure's, and applications have their memory",
          "[traces]") {
  std::vector<double> seconds;
  for (const TraceFunction& function : drawn().table.functions())
    seconds.push_back(function.mean_duration.to_seconds());
  CHECK(distance(seconds, {.001, .003, .01, .03, .1, .3, .5, 1, 3, 10, 30, 60, 100, 300, 600},
                 {0, .005, .01, .05, .145, .30, .38, .51, .70, .84, .91, .95, .965, .985, .995}) <
        0.02);
  const std::vector<double> megabytes = {90,  100, 110, 120, 130, 140, 160, 180, 190,
                                         200, 220, 250, 300, 400, 500, 700, 1000};
  const std::vector<double> published = {.015, .05, .17, .26, .42, .50, .60,  .67, .78,
                                         .83,  .89, .92, .94, .97, .98, .992, .995};
  CHECK(distance(of_apps(any, memory_of), megabytes, published) < 0.02);
  const traces::BurrMemory burr;
  for (size_t i = 0; i < megabytes.size(); ++i) {
    // Its own distribution function, and near the points of the curve that it was fitted to.
    const double x = std::pow(megabytes[i] / burr.scale_mb, burr.c);
    const double cumulative = 1 - std::pow(1 + x, -burr.k);
    CHECK(burr.quantile(cumulative) == Approx(megabytes[i]).epsilon(1e-6));
    CHECK(std::abs(cumulative - published[i]) < 0.07);
  }
}

TEST_CASE("the log-normal durations and the Burr memory are those of their formulas", "[traces]") {
  GeneratorOptions options = test::azure_2019(20'000, 24);
  options.duration_model = DurationModel::lognormal;
  options.memory_model = MemoryModel::burr;
  options.memory_share = traces::MemoryShare::whole;
  const DrawnApps apps = draw_apps(options, 1, "synthetic");
  std::vector<double> seconds, megabytes;
  for (const TraceFunction& function : apps.table.functions())
    seconds.push_back(function.mean_duration.to_seconds());
  for (const DrawnApp& app : apps.apps)
    megabytes.push_back(
        static_cast<double>(apps.table.function(app.first_function).memory.count()) / 1048576);
  CHECK(distance(seconds, {.001, .01, .1, .3, 1, 3, 10, 30, 100, 600},
                 {.003, .04, .21, .36, .56, .73, .87, .95, .98, .998}) < 0.02);
  CHECK(distance(megabytes, {139.6, 262, 343, 640}, {.5, .9, .95, .99}) < 0.01);
}

TEST_CASE("timers go off at their usual rates, and never more than once a minute", "[traces]") {
  size_t usual = 0;
  for (const DrawnApp& app : drawn().apps) {
    if (app.mix != TriggerMix::only_timers) continue;
    CHECK(app.per_day <= 1440 * app.functions);
    for (const double rate : {1, 24, 48, 96, 288, 1440})
      usual += app.per_day == rate * app.functions && app.variation <= 0.02;
  }
  CHECK(usual > 200);
  double timers = 0, all = 0;
  for (const TraceFunction& function : drawn().table.functions()) {
    all += function.invocations_per_day;
    if (function.trigger != traces::Trigger::timer) continue;
    timers += function.invocations_per_day;
    CHECK(function.invocations_per_day < 1440 * 60);
  }
  CHECK(timers / all < 0.02);  // the trace's: 0.02
}

TEST_CASE("a hundred applications have the shape of twenty thousand", "[traces]") {
  const DrawnApps few = draw_apps(test::azure_2019(100, 24), 7, "synthetic");
  std::vector<double> rates;
  for (const DrawnApp& app : few.apps) rates.push_back(app.per_day);
  CHECK(distance(rates, {1.2, 24.5, 144, 1000, 1e4}, {.23, .46, .59, .79, .93}) <= 0.02);
}

TEST_CASE("a table that is none is an error that names it", "[traces]") {
  const auto complaint = [](const std::function<void(GeneratorOptions&)>& change) {
    GeneratorOptions options = test::azure_2019(10, 1);
    change(options);
    return test::error_text([&] { draw_apps(options, 1, "synthetic"); });
  };
  CHECK(complaint([](GeneratorOptions& o) { o.per_day.values.pop_back(); }) ==
        "synthetic.per_day: expected as many cumulative shares as values, 29, found 30");
  CHECK(complaint([](GeneratorOptions& o) { o.memory_mb.cumulative[3] = 0.9; }) ==
        "synthetic.memory_mb: expected shares that never fall, found one below the one before it");
  CHECK(complaint([](GeneratorOptions& o) { o.duration_s.values[3] = 1e6; }) ==
        "synthetic.duration_s: expected values that never fall, found one below the one before it");
  CHECK(complaint([](GeneratorOptions& o) { o.duration_s.cumulative.back() = 0.999; }) ==
        "synthetic.duration_s: expected shares from 0 to 1, found 0.000000 to 0.999000");
  CHECK(complaint([](GeneratorOptions& o) { o.trigger_shares.pop_back(); }) ==
        "synthetic.trigger_shares: expected 7 numbers, not all 0, found 6 of the sum 98.000000");
}

}  // namespace wukong::trace_generator

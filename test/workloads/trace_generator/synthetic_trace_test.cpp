#include "workloads/trace_generator/synthetic_trace.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_files/trace_text.h"
#include "test/workloads/trace_generator/azure_preset.h"
#include "workloads/trace_generator/day_warp.h"
#include "workloads/trace_generator/renewal_gaps.h"

namespace wukong::trace_generator {
namespace {

using test::all_of;

struct Moments {
  double mean, variation;
};

Moments moments_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double value : values) sum += value, squares += value * value;
  const auto n = static_cast<double>(values.size());
  const double mean = sum / n;
  return {mean, std::sqrt(squares / n - mean * mean) / mean};
}

}  // namespace

TEST_CASE("gaps have their mean and their coefficient of variation", "[traces]") {
  for (const double variation : {0.0, 0.1, 0.5, 1.0, 2.0, 5.0}) {
    const RenewalGaps gaps(3, variation);
    RandomStream random(1, "gaps");
    std::vector<double> seconds(400'000);
    for (double& gap : seconds) gap = gaps.next(random).to_seconds();
    const Moments moments = moments_of(seconds);
    INFO(variation);
    CHECK(moments.mean == Approx(3).epsilon(0.03));
    CHECK(moments.variation == Approx(variation).epsilon(0.04).margin(1e-6));
  }
}

TEST_CASE("the first gap is the rest of one that is found the more likely the longer it is",
          "[traces]") {
  // Its mean is E[gap^2] / (2 E[gap]) = mean (1 + variation^2) / 2.
  for (const double variation : {0.0, 0.5, 1.0, 3.0}) {
    const RenewalGaps gaps(3, variation);
    RandomStream random(2, "gaps");
    double sum = 0;
    for (int i = 0; i < 400'000; ++i) sum += gaps.first(random).to_seconds();
    CHECK(sum / 400'000 == Approx(1.5 * (1 + variation * variation)).epsilon(0.03));
  }
}

TEST_CASE("a synthetic trace is in order, ends, has its rates, and is the same in each pass",
          "[traces]") {
  const GeneratorOptions options = test::azure_2019(300, 6);
  const auto trace = make_synthetic_trace(options, 1, "synthetic");
  double expected = 0;
  for (const auto& function : trace->functions().functions())
    expected += function.invocations_per_day / 4;
  std::vector<double> counts(trace->functions().function_count());
  const auto source = trace->invocations();
  Time previous;
  double total = 0;
  bool ordered = true;
  for (traces::Invocation invocation; source->next(invocation);) {
    ordered = ordered && invocation.arrival >= previous;
    previous = invocation.arrival;
    ++counts[invocation.function.index()];
    ++total;
  }
  CHECK(ordered);
  CHECK(previous < Time::at(Duration::seconds(6 * 3600)));
  CHECK(total == Approx(0.77 * expected).epsilon(0.1));  // it is night
  const traces::Wanted first_minute{.end = Time::at(Duration::seconds(60))};
  const auto once = all_of(*trace, first_minute);
  CHECK(once.size() > 100);
  CHECK(test::same_invocations(once, all_of(*trace, first_minute)));
  CHECK(test::same_invocations(
      once, all_of(*make_synthetic_trace(options, 1, "synthetic"), first_minute)));
  CHECK(!test::same_invocations(
      once, all_of(*make_synthetic_trace(options, 2, "synthetic"), first_minute)));
}

TEST_CASE("a function's invocations are the same whatever others are wanted", "[traces]") {
  const auto trace = make_synthetic_trace(test::azure_2019(40, 24), 3, "synthetic");
  traces::Wanted wanted{.functions = std::vector<char>(trace->functions().function_count()),
                        .begin = Time::at(Duration::seconds(3600)),
                        .end = Time::at(Duration::seconds(7200))};
  for (size_t i = 0; i < wanted.functions.size(); i += 3) wanted.functions[i] = 1;
  auto expected = all_of(*trace);
  std::erase_if(expected, [&](const traces::Invocation& invocation) {
    return !wanted.wants(invocation.function) || !wanted.wants(invocation.arrival);
  });
  CHECK(expected.size() > 10);
  CHECK(test::same_invocations(all_of(*trace, wanted), expected));
}

TEST_CASE("a function's durations have its mean, and vary as asked for", "[traces]") {
  GeneratorOptions options = test::azure_2019(50, 2);
  options.payload = Bytes(1234);
  const auto trace = make_synthetic_trace(options, 4, "synthetic");
  std::vector<std::vector<double>> seconds(trace->functions().function_count());
  const auto source = trace->invocations();
  for (traces::Invocation invocation; source->next(invocation);) {
    seconds[invocation.function.index()].push_back(invocation.duration.to_seconds());
    if (invocation.payload != Bytes(1234)) FAIL("another payload");
  }
  size_t checked = 0;
  for (size_t i = 0; i < seconds.size(); ++i) {
    if (seconds[i].size() < 20'000) continue;
    const Moments moments = moments_of(seconds[i]);
    CHECK(moments.mean ==
          Approx(trace->functions().functions()[i].mean_duration.to_seconds()).epsilon(0.03));
    CHECK(moments.variation == Approx(std::sqrt(std::exp(0.64) - 1)).epsilon(0.1));
    ++checked;
  }
  CHECK(checked > 0);
}

TEST_CASE("a day's hours have their shares, and timers keep their period", "[traces]") {
  std::vector<double> hourly(24, 1);
  hourly[5] = 0;
  hourly[6] = 3;
  const DayWarp warp(hourly, "hourly");
  std::vector<int> counts(24);
  for (int i = 0; i < 25'000; ++i)
    ++counts[static_cast<size_t>(warp.warped(Duration::seconds(86'400) / 25'000 * i).since_start() /
                                 Duration::seconds(3600))];
  CHECK(counts[5] == 0);
  CHECK(counts[6] == Approx(3'000).margin(2));
  CHECK(counts[23] == Approx(1'000).margin(2));
  // The busy hour begins after 5 of 25 parts of the day, and takes 3 of them.
  CHECK(warp.warped(Duration::seconds(86'400) * 13 / 50) == Time::at(Duration::seconds(23'400)));
  CHECK(warp.warped(Duration::seconds(86'400 * 3)) == Time::at(Duration::seconds(86'400 * 3)));
  CHECK(test::error_text([] { DayWarp({1, 2}, "hourly"); }) ==
        "hourly: expected 24 numbers, not all 0, found 2 of the sum 3.000000");

  GeneratorOptions timers = test::azure_2019(200, 48);
  timers.trigger_shares = {0, 0, 0, 1, 0, 0, 0};
  const auto trace = make_synthetic_trace(timers, 1, "synthetic");
  std::vector<std::vector<Time>> times(trace->functions().function_count());
  traces::Wanted rare;  // up to twice a minute
  for (const auto& function : trace->functions().functions())
    rare.functions.push_back(function.invocations_per_day <= 2880 ? 1 : 0);
  for (const traces::Invocation& invocation : all_of(*trace, rare))
    times[invocation.function.index()].push_back(invocation.arrival);
  size_t periodic = 0;
  for (const auto& of_function : times) {
    if (of_function.size() < 10) continue;
    bool same = true;
    for (size_t i = 2; i < of_function.size(); ++i)
      same = same && of_function[i] - of_function[i - 1] == of_function[1] - of_function[0];
    periodic += same ? 1 : 0;
  }
  CHECK(periodic > 40);
}

}  // namespace wukong::trace_generator

#include "workloads/trace_generator/poisson_trace.h"

#include <cmath>
#include <vector>

#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_files/trace_text.h"

namespace wukong::trace_generator {
namespace {

// Of a number of values, as they come.
struct Spread {
  void add(double value) { ++count, sum += value, squares += value * value; }
  double mean() const { return sum / count; }
  double variation() const { return std::sqrt(squares / count - mean() * mean()) / mean(); }

  double count = 0, sum = 0, squares = 0;
};

PoissonOptions three_functions() {
  return {.functions = 3, .per_s = 0.9, .mean = Duration::milliseconds(1991), .hours = 30};
}

}  // namespace

TEST_CASE("each function of a Poisson trace has exponential gaps and durations of its means",
          "[traces]") {
  const auto trace = make_poisson_trace(three_functions(), 1, "poisson");
  REQUIRE(trace->functions().function_count() == 3);
  REQUIRE(trace->functions().app_count() == 3);
  std::vector<Spread> gaps(3);
  std::vector<Time> last(3);
  Spread durations;
  const auto source = trace->invocations();
  Time previous;
  bool ordered = true;
  for (traces::Invocation invocation; source->next(invocation); previous = invocation.arrival) {
    ordered = ordered && invocation.arrival >= previous;
    const size_t function = invocation.function.index();
    gaps[function].add((invocation.arrival - last[function]).to_seconds());
    last[function] = invocation.arrival;
    durations.add(invocation.duration.to_seconds());
  }
  CHECK(ordered);
  CHECK(previous < Time::at(Duration::seconds(108'000)));
  // Of 97,200 for each, with a standard deviation of 0.32 %; so are the gaps' means.
  for (const Spread& gap : gaps) {
    CHECK(gap.count == Approx(97'200).epsilon(0.013));
    CHECK(gap.mean() == Approx(1 / 0.9).epsilon(0.013));
    CHECK(gap.variation() == Approx(1).epsilon(0.02));
  }
  CHECK(durations.mean() == Approx(1.991).epsilon(0.008));
  CHECK(durations.variation() == Approx(1).epsilon(0.02));
  CHECK(trace->functions().functions().front().memory == Bytes::mebi(128));
  CHECK(trace->functions().functions().front().invocations_per_day == Approx(0.9 * 86'400));
}

TEST_CASE("constant durations of a Poisson trace do not vary", "[traces]") {
  PoissonOptions options = three_functions();
  options.durations = PoissonDurations::constant;
  options.hours = 0.1;
  const auto all = test::all_of(*make_poisson_trace(options, 1, "poisson"));
  REQUIRE(all.size() > 800);
  for (const traces::Invocation& invocation : all)
    CHECK(invocation.duration == Duration::milliseconds(1991));
}

TEST_CASE("a part of a Poisson trace is the same as in the whole one", "[traces]") {
  PoissonOptions options = three_functions();
  options.hours = 0.2;
  const auto trace = make_poisson_trace(options, 1, "poisson");
  const auto whole = test::all_of(*trace);
  const traces::Wanted wanted{.functions = {0, 1, 0},
                              .begin = Time::at(Duration::seconds(60)),
                              .end = Time::at(Duration::seconds(600))};
  const auto source = trace->invocations(wanted);
  size_t found = 0;
  for (const traces::Invocation& expected : whole) {
    if (!wanted.wants(expected.function) || !wanted.wants(expected.arrival)) continue;
    traces::Invocation invocation;
    REQUIRE(source->next(invocation));
    CHECK(invocation.arrival == expected.arrival);
    CHECK(invocation.duration == expected.duration);
    ++found;
  }
  CHECK(found > 400);
  traces::Invocation none;
  CHECK_FALSE(source->next(none));
  PoissonOptions other = options;
  other.seed = 2;
  CHECK(test::all_of(*make_poisson_trace(other, 1, "poisson")).front().arrival !=
        whole.front().arrival);
  CHECK(test::all_of(*make_poisson_trace(options, 2, "poisson")).front().arrival !=
        whole.front().arrival);
}

TEST_CASE("a Poisson trace needs its rate, its mean duration and its length", "[traces]") {
  const auto complaint = [](const PoissonOptions& options) {
    return test::error_text([&] { make_poisson_trace(options, 1, "workload.trace.poisson"); });
  };
  PoissonOptions options;
  CHECK(complaint(options) == "workload.trace.poisson.per_s: expected a value above 0, found none");
  options.per_s = 1;
  CHECK(complaint(options) ==
        "workload.trace.poisson.mean_s: expected a value above 0, found none");
  options.mean = Duration::seconds(1);
  CHECK(complaint(options) == "workload.trace.poisson.hours: expected a value above 0, found none");
}

}  // namespace wukong::trace_generator

// Times of the function service that vary from one invocation to the next.
#include <cmath>
#include <vector>

#include "sim/functions/lambda_service.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_ms;

TEST_CASE("calls and warm starts vary around their means, each on its own") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.invocation.overhead = 50_ms;
  spec.invocation.overhead_sigma = 0.6;
  spec.invocation.start_latency = 11_ms;
  spec.invocation.start_latency_sigma = 0.15;
  constexpr int kCalls = 2000;
  spec.warm_pool.prewarmed = 1;
  test::LambdaRig rig(spec);
  const FunctionId function = rig.function();
  for (int i = 0; i < kCalls; ++i) rig.invoke_async_at(Duration::seconds(i), function, 1_ms);
  rig.engine.run();
  const std::vector<double> started = rig.trace.seconds_of(engine::TraceKind::started);
  REQUIRE(rig.answers.size() == kCalls);
  REQUIRE(started.size() == kCalls);
  double calls = 0;
  double starts = 0;
  double squares = 0;  // of the calls' distances from their median, as logarithms
  for (int i = 0; i < kCalls; ++i) {
    const double answered = rig.answers[static_cast<size_t>(i)].time.to_seconds();
    calls += answered - i;
    squares += std::pow(std::log((answered - i) / 0.050) + 0.6 * 0.6 / 2, 2);
    starts += started[static_cast<size_t>(i)] - answered;
  }
  // Deviations of the means: 0.66 and 0.15 of the mean, divided by the root of 2000.
  CHECK(calls / kCalls == Approx(0.050).epsilon(0.06));
  CHECK(starts / kCalls == Approx(0.011).epsilon(0.015));
  CHECK(std::sqrt(squares / kCalls) == Approx(0.6).epsilon(0.08));
}

}  // namespace
}  // namespace wukong::functions

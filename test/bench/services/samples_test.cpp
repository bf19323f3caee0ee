// What the services' clients wait for, on platforms whose times are known.
#include "bench/services/samples.h"

#include <vector>

#include "bench/services/measurements.h"
#include "sim/platform/platform_spec.h"
#include "test/catch.h"

namespace wukong::services {
namespace {

platform::PlatformSpec steady_platform() {
  platform::PlatformSpec spec = papers_platform();
  spec.functions.invocation.overhead_sigma = 0;
  spec.functions.invocation.start_latency_sigma = 0;
  spec.redis.round_trip_sigma = 0;
  spec.s3.latency_sigma = 0;
  return spec;
}

TEST_CASE("a percentile is the sample that this share of the others is below") {
  std::vector<double> samples;
  for (int i = 100; i > 0; --i) samples.push_back(i);
  CHECK(percentile(samples, 0.5) == 51);
  CHECK(percentile(samples, 0.99) == 100);
  CHECK(percentile({7}, 0.5) == 7);
}

TEST_CASE("a warm call takes the caller's time and the start, a cold one the environment, too") {
  const platform::PlatformSpec spec = steady_platform();
  const double warm =
      (spec.functions.invocation.overhead + spec.functions.invocation.start_latency).to_seconds();
  const std::vector<double> calls = warm_calls(spec, 20);
  REQUIRE(calls.size() == 20);
  for (const double call : calls) CHECK(call == Approx(warm).epsilon(1e-6));
  // The least that the distribution of Python's cold starts has.
  for (const double call : cold_calls(spec, 20)) CHECK(call > warm + 0.143);
  // Nobody waits for another's environment.
  const std::vector<double> burst = cold_burst(spec, 30, 2);
  REQUIRE(burst.size() == 60);
  for (const double call : burst) CHECK(call > warm + 1.143);
}

TEST_CASE("a store's request takes its latency, the network and the client's Python") {
  const platform::PlatformSpec spec = steady_platform();
  const double network = 75 * 1024 * 1024;
  const double copying = static_cast<double>(spec.s3.client.copying.count());
  const auto reads = requests(spec, Kind::s3, Action::get, 50e6, 3);
  REQUIRE(reads.size() == 3);
  CHECK(reads.front() ==
        Approx(spec.s3.read_latency_median.to_seconds() + 50e6 / network + 50e6 / copying)
            .epsilon(0.001));
  const auto small = requests(spec, Kind::redis, Action::put, 1, 3);
  CHECK(small.front() ==
        Approx((spec.redis.round_trip + spec.redis.client.request_time + spec.redis.command_time)
                   .to_seconds())
            .epsilon(0.001));
  CHECK(handed_over(spec, 1e6, 3).size() == 3);
}

TEST_CASE("measurements have a difference each, and none are no text") {
  const std::vector<Measurement> rows{{"a call", "somebody", "ms", 20, 30}};
  CHECK(measurements_markdown(rows).find("| a call | 20 | 30 | ms | +50 % | somebody |\n") !=
        std::string::npos);
  CHECK(measurements_html(rows).find("<td>+50 %</td>") != std::string::npos);
  CHECK(measurements_markdown({}).empty());
  CHECK(measurements_html({}).empty());
}

}  // namespace
}  // namespace wukong::services

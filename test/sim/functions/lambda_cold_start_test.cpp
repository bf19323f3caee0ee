#include "sim/functions/cold_start.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_ms;

// Python, zip, as in aws-2020.
const ColdStartDistribution kPython{{0, 0.025, 0.165, 0.5, 0.835, 0.975, 0.999, 1},
                                    {143.06, 148, 179, 215, 273, 530, 593.84, 5000},
                                    Duration::zero()};

TEST_CASE("a quantile table gives back its points") {
  const QuantileTable table(kPython, "python");
  for (size_t i = 0; i < kPython.probabilities.size(); ++i)
    CHECK(table.at(kPython.probabilities[i]).to_milliseconds() ==
          Approx(kPython.added_latency_ms[i]).epsilon(1e-9));
}

TEST_CASE("between two points of a quantile table the logarithm of the time is linear") {
  const QuantileTable table(kPython, "python");
  // Half-way in probability: the geometric mean of the two times.
  CHECK(table.at((0.835 + 0.975) / 2).to_milliseconds() == Approx(std::sqrt(273.0 * 530.0)));
  CHECK(table.at(0.5 + 0.335 / 4).to_milliseconds() ==
        Approx(std::pow(215, 0.75) * std::pow(273, 0.25)));
}

TEST_CASE("sampled cold starts have the quantiles of their table") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.cold_starts["python_zip"] = kPython;
  const ColdStartModel model(spec);
  RandomStream random(5, "cold starts");
  constexpr size_t kSamples = 100'000;
  std::vector<double> samples(kSamples);
  for (double& sample : samples) sample = model.sample(random).initialization.to_milliseconds();
  std::sort(samples.begin(), samples.end());
  CHECK(samples[kSamples / 40] == Approx(148).epsilon(0.01));
  CHECK(samples[kSamples / 2] == Approx(215).epsilon(0.01));
  CHECK(samples[kSamples - kSamples / 40] == Approx(530).epsilon(0.02));
}

TEST_CASE("a package adds its megabytes times the time per megabyte, placement stays apart") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.cold_starts["python_zip"].per_package_mb = Duration::microseconds(12'500);
  spec.cold_start.package_mb = 40;
  spec.cold_start.placement = 150_ms;
  RandomStream random(5, "cold starts");
  const ColdStart sample = ColdStartModel(spec).sample(random);
  CHECK(sample.placement == 150_ms);
  // 100 ms of the distribution + 40 MB x 12.5 ms / MB
  CHECK(sample.initialization.to_milliseconds() == Approx(600));
}

TEST_CASE("an unknown runtime is an error that names one that is known") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.cold_start.runtime = "pyhton";
  CHECK_THROWS_WITH(ColdStartModel(spec),
                    Catch::Contains("pyhton_zip") && Catch::Contains("python_zip"));
}

TEST_CASE("a table that is no distribution is an error") {
  const auto throws = [](std::vector<double> probabilities, std::vector<double> ms) {
    const ColdStartDistribution points{std::move(probabilities), std::move(ms), Duration::zero()};
    CHECK_THROWS_AS(QuantileTable(points, "table"), Error);
  };
  throws({0, 0.9}, {1, 2});  // does not reach 1
  throws({0.1, 1}, {1, 2});  // does not begin at 0
  throws({0, 0.5, 0.5, 1}, {1, 2, 3, 4});
  throws({0, 1}, {1, 2, 3});
  throws({0, 1}, {2, 1});
  throws({0, 1}, {0, 1});
}

TEST_CASE("two services with one seed draw the same cold starts, another seed others") {
  LambdaSpec spec = test::aws_2020_functions();
  spec.cold_starts["python_zip"] = kPython;
  const auto hash = [&](uint64_t seed) {
    test::LambdaRig rig(spec, seed);
    const FunctionId function = rig.function();
    for (int i = 0; i < 10; ++i) rig.invoke_async_at(Duration::zero(), function, 1_ms);
    rig.engine.run();
    return rig.engine.trace().hash();
  };
  CHECK(hash(1) == hash(1));
  CHECK(hash(1) != hash(2));
}

}  // namespace
}  // namespace wukong::functions

// The warm pool against measurements on AWS: 20 arrival rates, from SimFaaS (MIT, see
// test/data/aws-warm-pool-experiments.LICENSE.txt).
#include <fstream>
#include <sstream>

#include "sim/functions/environment.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"
#include "test_paths.h"

namespace wukong::functions {
namespace {

struct Experiment {
  size_t number;
  double rate;  // per second
  Duration warm_time;
  Duration cold_time;
  double instances;
  double cold_probability;
  double cold_probability_error;
};

std::vector<Experiment> read_experiments() {
  std::ifstream file(WUKONG_SOURCE "/test/data/aws-warm-pool-experiments.csv");
  std::string line;
  std::getline(file, line);
  std::vector<Experiment> experiments;
  while (std::getline(file, line)) {
    std::vector<double> values;
    std::istringstream cells(line.substr(line.find(',') + 1));
    for (std::string cell; std::getline(cells, cell, ',');) values.push_back(std::stod(cell));
    experiments.push_back({experiments.size(), values[0], Duration::from_seconds(values[1] * 1e-3),
                           Duration::from_seconds(values[2] * 1e-3), values[4], values[6],
                           values[7]});
  }
  return experiments;
}

struct Outcome {
  double cold_probability;
  double instances;
};

// How long the functions of the experiments worked. SimFaaS takes exponential times. The rows' mean
// times differ by so little that the real ones must have been nearly constant.
enum class ServiceTime { exponential, constant };

// Poisson arrivals at the experiment's rate. Arrivals see time averages, so the mean number of
// instances is taken over the arrivals.
class Replay {
 public:
  Replay(const Experiment& experiment, ServiceTime service_time)
      : experiment_(experiment), service_time_(service_time) {}

  Outcome run(int64_t arrivals) {
    rig_.engine.trace().listen(nullptr);
    function_ = rig_.function();
    rig_.engine.spawn(arrive(arrivals), "arrivals");
    rig_.engine.run();
    const LambdaStatistics& statistics = rig_.lambda.statistics();
    REQUIRE(statistics.invocations == static_cast<uint64_t>(arrivals));
    const auto n = static_cast<double>(arrivals);
    return {static_cast<double>(statistics.cold_starts) / n, instances_ / n};
  }

 private:
  static LambdaSpec spec() {
    LambdaSpec spec = test::aws_2020_functions();
    spec.cold_starts["python_zip"].added_latency_ms = {1e-6, 2e-6};
    spec.warm_pool.eviction_granularity = Duration::seconds(60);  // the preset's
    return spec;
  }

  engine::Task<> arrive(int64_t arrivals) {
    for (int64_t i = 0; i < arrivals; ++i) {
      co_await rig_.engine.sleep(Duration::from_seconds(gaps_.exponential(1 / experiment_.rate)));
      instances_ += static_cast<double>(rig_.service.levels().environments.level());
      Handler handler = [this](Environment& environment) {
        const bool cold = environment.invocations == 1;
        const Duration mean = cold ? experiment_.cold_time : experiment_.warm_time;
        const bool constant = service_time_ == ServiceTime::constant;
        return test::run_for(rig_.engine, constant ? mean : scaled(mean, lengths_.exponential(1)));
      };
      co_await rig_.lambda.invoke_async(rig_.client_host, function_, Bytes(0), std::move(handler));
    }
  }

  const Experiment& experiment_;
  ServiceTime service_time_;
  test::LambdaRig rig_{spec()};
  FunctionId function_;
  RandomStream gaps_{1, "gaps", experiment_.number};
  RandomStream lengths_{1, "lengths", experiment_.number};
  double instances_ = 0;
};

// The measurements have a standard error of 10 % on average, so that even the truth would be some
// 8 % off. This model converges to mean errors of 10.7 % (11.5 % with constant times) for the
// probability of a cold start and 2.7 % (2.5 %) for the instance count; with evictions to the
// nanosecond to 12.5 % (13.2 %) and 3.0 % (2.7 %). SimFaaS reports 12.2 % and 3.05 %.
TEST_CASE("cold starts and instance counts are those measured on AWS", "[long]") {
  const std::vector<Experiment> experiments = read_experiments();
  REQUIRE(experiments.size() == 20);
  const auto service_time = GENERATE(ServiceTime::exponential, ServiceTime::constant);
  double probability_error = 0;
  double instances_error = 0;
  int within_two_standard_errors = 0;
  for (const Experiment& experiment : experiments) {
    // Some 800 cold starts, for a standard error of 3.5 %.
    const auto arrivals =
        static_cast<int64_t>(std::max(20'000.0, 800 / experiment.cold_probability));
    const Outcome outcome = Replay(experiment, service_time).run(arrivals);
    const double error = outcome.cold_probability - experiment.cold_probability;
    if (std::abs(error) < 2 * experiment.cold_probability_error) ++within_two_standard_errors;
    probability_error += std::abs(error / experiment.cold_probability) / 20;
    instances_error += std::abs(outcome.instances / experiment.instances - 1) / 20;
    CHECK(outcome.instances == Approx(experiment.instances).epsilon(0.10));
  }
  INFO("errors " << probability_error << " and " << instances_error);
  CHECK(probability_error < 0.12);
  CHECK(instances_error < 0.031);
  CHECK(within_two_standard_errors >= 14);
}

}  // namespace
}  // namespace wukong::functions

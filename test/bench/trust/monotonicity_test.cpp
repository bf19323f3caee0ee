// More bandwidth, memory, nodes or concurrency, or less latency, never makes a system slower by
// more than its replicates differ.
#include <algorithm>
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "bench/text/format.h"
#include "test/catch.h"

namespace wukong::trust {
namespace {

struct Times {
  double least = 0, mean = 0, most = 0;
};

// Of a system on a workload, with `key` at a value.
Times times_of(const std::string& system, const std::string& workload, const std::string& key,
               const std::string& value) {
  parameters::ParameterTree tree =
      parameters::parse_yaml("platform: socc20\nworkload: {" + workload + "}\nsystems: [" + system +
                                 "]\nreplicates: 6\nhorizon_s: 4000\n",
                             parameters::Origin{parameters::Origin::Kind::file, "made.yaml", 0});
  parameters::apply_setting(tree, key + "=" + value);
  const experiment::Experiment experiment =
      experiment::make_experiment(tree, experiment::program_catalog());
  std::vector<double> seconds;
  for (const run::RunResult& run : simulation::run_experiment(experiment, 0)) {
    INFO(system << " with " << key << "=" << value << ": " << run.failure);
    CHECK(run.completed);
    seconds.push_back(text::seconds_of(run.makespan));
  }
  Times times{seconds.front(), 0, seconds.front()};
  for (const double time : seconds) {
    times.least = std::min(times.least, time);
    times.most = std::max(times.most, time);
    times.mean += time / static_cast<double>(seconds.size());
  }
  return times;
}

// `values` from the worse to the better.
void check_never_slower(const std::string& system, const std::string& workload,
                        const std::string& key, const std::vector<std::string>& values) {
  Times before = times_of(system, workload, key, values.front());
  for (size_t i = 1; i < values.size(); ++i) {
    const Times now = times_of(system, workload, key, values[i]);
    const double spread = std::max(before.most - before.least, now.most - now.least);
    // Less than a thousandth is rounding: of bytes to nanoseconds, of a value to its unit.
    const double allowed = before.mean * 1.001 + spread;
    INFO(system << ", " << workload << ": " << key << " " << values[i - 1] << " takes "
                << before.mean << " s, " << values[i] << " takes " << now.mean
                << " s; replicates differ by " << spread << " s");
    CHECK(now.mean <= allowed);
    before = now;
  }
}

constexpr const char* kTsqr = "tsqr: {rows: 1048576, columns: 128, block_rows: 8192}";
constexpr const char* kGemm = "gemm: {n: 10000, block: 2000}";
constexpr const char* kSvd2 = "svd2: {n: 25000, block: 5000}";

TEST_CASE("more bandwidth never makes Wukong slower", "[trust][monotone]") {
  for (const char* workload : {kTsqr, kGemm, kSvd2}) {
    check_never_slower("wukong", workload, "platform.functions.environment.network.rate_mib_per_s",
                       {"50", "64", "75", "90", "110", "140", "200"});
    check_never_slower("wukong", workload,
                       "platform.machines.fargate-4vcpu-30gb.network_gbit_per_s",
                       {"0.3", "0.5", "0.75", "1.25", "2", "2.8"});
    check_never_slower("wukong", workload, "platform.machines.client.network_gbit_per_s",
                       {"0.5", "0.75", "1", "2", "5", "10"});
  }
}

TEST_CASE("less latency never makes Wukong slower", "[trust][monotone]") {
  for (const char* workload : {kTsqr, kGemm, kSvd2}) {
    check_never_slower("wukong", workload, "platform.redis.round_trip_us",
                       {"4150", "3000", "2000", "1400", "1000", "500", "230"});
    check_never_slower("wukong", workload, "platform.functions.invocation.overhead_ms",
                       {"80", "50", "40", "30", "20", "10"});
  }
}

TEST_CASE("more nodes, invokers or concurrency never make Wukong slower", "[trust][monotone]") {
  for (const char* workload : {kTsqr, kGemm, kSvd2}) {
    check_never_slower("wukong", workload, "systems.wukong.invokers",
                       {"4", "8", "12", "16", "20", "30", "60"});
    check_never_slower("wukong", workload, "systems.wukong.store.shards",
                       {"5", "10", "25", "50", "75", "150"});
    check_never_slower("wukong", workload, "platform.functions.account_concurrency",
                       {"64", "128", "256", "512", "1000", "5000"});
  }
}

TEST_CASE("more memory of a function never makes Wukong slower", "[trust][monotone]") {
  for (const char* workload : {kTsqr, kGemm, "svd2: {n: 50000, block: 5000}"})
    check_never_slower("wukong", workload, "platform.functions.memory_mb",
                       {"1024", "1280", "1344", "1536", "1792", "2048", "2560", "3008"});
}

TEST_CASE("faster machines and networks never make Dask slower", "[trust][monotone]") {
  for (const char* workload : {kTsqr, kGemm, kSvd2}) {
    check_never_slower("dask-125", workload, "systems.dask-125.message_latency_us",
                       {"2310", "1500", "1000", "500", "250"});
    check_never_slower("dask-125", workload, "systems.dask-125.communication_mb_per_s",
                       {"200", "300", "417", "600", "1000"});
    check_never_slower("dask-125", workload, "platform.machines.\"c5.4xlarge\".network_gbit_per_s",
                       {"1", "2", "5", "10", "25"});
    check_never_slower("dask-threads", workload,
                       "platform.machines.\"m5n.16xlarge\".memory_bandwidth_gb_per_s",
                       {"30", "60", "94", "140", "190"});
  }
}

TEST_CASE("less latency and more bandwidth never make numpywren and PyWren slower",
          "[trust][monotone]") {
  check_never_slower("numpywren", kTsqr, "systems.numpywren.client_time_ms",
                     {"300", "156", "100", "50", "20"});
  check_never_slower("numpywren", kGemm, "platform.s3.connection_bandwidth_mb_per_s",
                     {"30", "45", "60", "90", "150"});
  check_never_slower("pywren", kTsqr, "systems.pywren.call.call_time_ms",
                     {"20", "15", "9.55", "5", "2"});
  check_never_slower("pywren", kTsqr, "systems.pywren.call.worker_setup_s",
                     {"6", "5", "3.6", "2", "1"});
}

}  // namespace
}  // namespace wukong::trust

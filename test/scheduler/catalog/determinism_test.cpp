// The same inputs and seed give the same events: in every run, in any thread, and with every
// compiler and optimisation level, which must all agree with test/data/trace_hashes.txt.
#include <fmt/format.h>

#include <string>
#include <thread>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "test/catch.h"
#include "test/support/golden.h"
#include "test/support/test_data.h"

namespace wukong {
namespace {

experiment::Experiment make(const std::string& workload, const std::string& systems) {
  const std::string text =
      "platform: aws-2020\nworkload: {" + workload + "}\nsystems: [" + systems + "]\nreplicates: 2";
  return experiment::make_experiment(
      parameters::parse_yaml(text, parameters::Origin{.name = "test"}),
      experiment::program_catalog());
}

// With cold starts, S3's latencies, throttled functions and random placement on shards.
std::vector<experiment::Experiment> experiments() {
  const std::string workflow = test::test_data("wfinstances/helloworld-forkjoin-10-chameleon.json");
  std::vector<experiment::Experiment> all;
  all.push_back(make("tsqr: {rows: 1048576, columns: 128, block_rows: 8192}",
                     "wukong, wukong: {name: wukong-s3, store: s3}, numpywren: {workers: 32}, "
                     "dask-125"));
  all.push_back(make("tree_reduction: {elements: 256, delay_ms: 50}",
                     "wukong, wukong: {name: wukong-integers, bit_counters: false}, "
                     "numpywren: {workers: 16, scaling: scale_factor}, pubsub"));
  all.push_back(make("wfformat: {path: '" + workflow + "'}",
                     "wukong: {store: s3}, wukong: {name: wukong-proxy, proxy_threshold: 2}, "
                     "numpywren: {workers: 8}"));
  return all;
}

std::vector<uint64_t> hashes(const std::vector<run::RunResult>& results) {
  std::vector<uint64_t> values;
  for (const run::RunResult& result : results) values.push_back(result.trace_hash);
  return values;
}

TEST_CASE("a run has the trace hash that every compiler gave it", "[golden]") {
  std::string text;
  for (const experiment::Experiment& experiment : experiments())
    for (const run::RunResult& result : simulation::run_experiment(experiment, 1)) {
      CHECK(result.failure == "");
      text += fmt::format("{} {} seed {}: {:016x}\n", result.workload, result.system, result.seed,
                          result.trace_hash);
    }
  CHECK(test::golden_difference("data/trace_hashes.txt", text) == "");
}

TEST_CASE("a run repeats itself, and another seed is another run") {
  for (const experiment::Experiment& experiment : experiments()) {
    const std::vector<run::RunResult> once = simulation::run_experiment(experiment, 1);
    CHECK(hashes(once) == hashes(simulation::run_experiment(experiment, 1)));
    for (size_t i = 0; i + 1 < once.size(); i += 2)
      CHECK(once[i].trace_hash != once[i + 1].trace_hash);
  }
}

TEST_CASE("simulations in threads side by side are as alone") {
  const std::vector<experiment::Experiment> all = experiments();
  std::vector<std::vector<uint64_t>> alone, together(all.size());
  for (const experiment::Experiment& experiment : all)
    alone.push_back(hashes(simulation::run_experiment(experiment, 1)));
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < all.size(); ++i)
      threads.emplace_back([&, i] { together[i] = hashes(simulation::run_experiment(all[i], 2)); });
  }
  CHECK(together == alone);
}

}  // namespace
}  // namespace wukong

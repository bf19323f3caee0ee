#include "bench/reproduction/campaign.h"

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/reproduction/point_experiment.h"
#include "bench/reproduction/work_estimate.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"
#include "test/support/test_data.h"

namespace wukong::reproduction {
namespace {

const ProgressListener kNobody = [](const CampaignProgress&) {};

experiment::Experiment make(const std::string& system, int elements = 16, int seed = 1) {
  static const test::TestCatalog catalog;
  return experiment::make_experiment(
      parameters::parse_yaml(
          "platform: aws-2020\nworkload: {tree_reduction: {elements: " + std::to_string(elements) +
              ", delay_ms: 0}}\nsystems: [" + system + "]\nseed: " + std::to_string(seed),
          {parameters::Origin::Kind::file, "x.yaml", 0}),
      catalog.get());
}

TEST_CASE("equal experiments run once", "[reproduction]") {
  Campaign campaign(3);
  const auto first = campaign.add(make("pause"));
  CHECK(campaign.add(make("{pause: {name: other}}")) == first);
  CHECK(campaign.add(make("{pause: {pause_s: 2}}")) == first);
  CHECK(campaign.add(make("{pause: {pause_s: 3}}")) != first);
  CHECK(campaign.add(make("pause", 32)) != first);
  CHECK(campaign.add(make("pause", 16, 2)) != first);
  CHECK(campaign.experiments() == 4);
  size_t runs = 0;
  campaign.run(2, [&](const CampaignProgress& progress) {
    CHECK(progress.runs_done == ++runs);
    CHECK(progress.runs == 12);
  });
  CHECK(runs == 12);
}

TEST_CASE("each replicate of a trace has a trace of its own, and no system runs it",
          "[reproduction]") {
  const experiment::Catalog& catalog = experiment::program_catalog();
  PointExperiments points(catalog, {});
  const parameters::ParameterTree point = parameters::parse_yaml(
      "platform: aws-2020\nworkload: {trace: {poisson: {per_s: 1, mean_s: 1, hours: 0.1}}}\n",
      {parameters::Origin::Kind::file, "x.yaml", 0});
  Campaign campaign(2);
  const auto id = campaign.add(points.make(point));
  CHECK(campaign.add(points.make(point)) == id);
  campaign.run(2, kNobody);
  const std::span<const run::RunResult> results = campaign.results(id);
  REQUIRE(results.size() == 2);
  CHECK(results[0].completed);
  REQUIRE(results[0].load.has_value());
  CHECK(results[0].load->all.arrived > 250);
  CHECK(results[0].load->all.arrived != results[1].load->all.arrived);
}

TEST_CASE("replicate r has the experiment's seed plus r, and results of its own",
          "[reproduction]") {
  Campaign campaign(4);
  const auto id = campaign.add(make("{pause: {random_pause: true}}", 16, 5));
  campaign.run(2, kNobody);
  const std::span<const run::RunResult> results = campaign.results(id);
  REQUIRE(results.size() == 4);
  for (size_t r = 0; r < 4; ++r) CHECK(results[r].seed == 5 + r);
  CHECK(results[0].makespan != results[1].makespan);
}

TEST_CASE("a campaign's results do not depend on the number of threads", "[reproduction]") {
  std::vector<std::vector<uint64_t>> hashes;
  for (const unsigned threads : {1u, 2u, 5u}) {
    Campaign campaign(6);
    const auto a = campaign.add(make("{pause: {random_pause: true}}"));
    const auto b = campaign.add(make("{pause: {random_pause: true}}", 64));
    campaign.run(threads, kNobody);
    hashes.emplace_back();
    for (const auto id : {a, b})
      for (const run::RunResult& run : campaign.results(id))
        hashes.back().push_back(static_cast<uint64_t>(run.makespan.count_ns()));
  }
  CHECK(hashes[0] == hashes[1]);
  CHECK(hashes[0] == hashes[2]);
}

TEST_CASE("what was measured says how long the rest will take", "[reproduction]") {
  WorkEstimate estimate;
  CHECK(estimate.fraction_done() == 0);
  estimate.add(1, 2);
  estimate.add(3, 2);
  CHECK(estimate.fraction_done() == 0);
  estimate.finish(0, 2);  // 2 s a unit: 2 s are done; 2 s and 2 x 6 s are left
  CHECK(estimate.fraction_done() == Approx(2.0 / 16));
  estimate.finish(1, 10);  // 12 s are done; 2 s and 10 s are left
  CHECK(estimate.fraction_done() == Approx(0.5));
  estimate.finish(0, 2);
  estimate.finish(1, 10);
  CHECK(estimate.fraction_done() == 1);
}

TEST_CASE("a workload that cannot be made is refused", "[reproduction]") {
  const std::string file = test::source_folder() / "README.md";  // there, and no workflow
  Campaign campaign(1);
  campaign.add(experiment::make_experiment(
      parameters::parse_yaml(
          "platform: aws-2020\nworkload: {wfformat: " + file + "}\nsystems: [wukong]",
          {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog()));
  CHECK(test::error_text([&] { campaign.run(1, kNobody); }).find("README.md") != std::string::npos);
}

TEST_CASE("the result of a run is what was asked for, whatever by-products a system stores",
          "[reproduction]") {
  // R of a QR of n columns of doubles: 8 n^2 bytes.
  for (const std::string system : {"wukong", "{numpywren: {workers: 4}}"}) {
    Campaign campaign(1);
    const auto id = campaign.add(experiment::make_experiment(
        parameters::parse_yaml(
            "platform: aws-2020\n"
            "workload: {tsqr: {rows: 4096, columns: 64, block_rows: 1024}}\nsystems: [" +
                system + "]",
            {parameters::Origin::Kind::file, "x.yaml", 0}),
        experiment::program_catalog()));
    campaign.run(1, kNobody);
    CHECK(campaign.results(id)[0].result == Bytes(8 * 64 * 64));
    CHECK(campaign.results(id)[0].input == Bytes(8 * 64 * 4096));
  }
}

}  // namespace
}  // namespace wukong::reproduction

#include <fmt/format.h>

#include <algorithm>

#include "bench/results/merge.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/sweep_study.h"
#include "test/bench/support/temporary_folder.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"

namespace wukong::perf {
namespace {

const std::string kRandom =
    "systems: [{pause: {random_pause: true}}, {pause: {name: slow, pause_s: 5, random_pause: "
    "true}}]\nreplicates: 6\n";

const std::string kGrid = kRandom + "sweep: {axes: {workload.tree_reduction.elements: [4, 8, 16]}}";

sweep_runner::SweepOutcome run_plan(const std::string& yaml, const std::string& results,
                                    unsigned threads, sweep_runner::Shard shard = {}) {
  const sweep::SweepPlan plan = test::test_sweep(yaml, test::test_catalog());
  return sweep_runner::run_sweep(
      plan, test::test_catalog(),
      {results, threads, shard, sweep_runner::ProgressDisplay::Style::none});
}

TEST_CASE("a sweep exports the same bytes with any number of threads, and from shards", "[sweep]") {
  const test::TemporaryFolder folder;
  run_plan(kGrid, folder.file("one.db"), 1);
  const std::string expected = test::runs_text(test::study_in(folder.file("one.db")));
  CHECK(std::count(expected.begin(), expected.end(), '\n') == 1 + 3 * 2 * 6);
  run_plan(kGrid, folder.file("three.db"), 3);
  CHECK(test::runs_text(test::study_in(folder.file("three.db"))) == expected);
  std::vector<std::string> parts;
  for (size_t i = 0; i < 4; ++i) {
    parts.push_back(folder.file(fmt::format("part{}.db", i)));
    run_plan(kGrid, parts.back(), 2, {i, 4});
  }
  results::merge_results(folder.file("merged.db"), parts);
  CHECK(test::runs_text(test::study_in(folder.file("merged.db"))) == expected);
  CHECK(results::merge_results(folder.file("merged.db"), parts).runs == 0);
}

TEST_CASE("what is in the file is not computed again", "[sweep]") {
  const test::TemporaryFolder folder;
  const std::string results = folder.file("x.db");
  CHECK(run_plan(kGrid, results, 2).progress.computed == 36);
  const sweep_runner::SweepOutcome again = run_plan(kGrid, results, 2);
  CHECK(again.progress.computed == 0);
  CHECK(again.progress.before == 36);
  // Another sweep that shares a third of its points with the first.
  const sweep_runner::SweepOutcome other = run_plan(
      kRandom + "sweep: {axes: {workload.tree_reduction.elements: [32, 8, 64]}}", results, 2);
  CHECK(other.progress.committed == 36);
  CHECK(other.progress.computed == 24);
}

TEST_CASE("a system that an axis does not touch is computed once", "[sweep]") {
  const test::TemporaryFolder folder;
  const sweep_runner::SweepOutcome outcome = run_plan(
      kRandom + "sweep: {axes: {systems.slow.pause_s: [1, 3, 4, 6]}}", folder.file("x.db"), 3);
  CHECK(outcome.progress.committed == 48);
  CHECK(outcome.progress.computed == 6 + 24);
}

TEST_CASE("systems have the same seeds, so that differences are paired", "[sweep]") {
  const test::TemporaryFolder folder;
  // Both draw the same factor f in [1, 2): makespans 2 f and 5 f, ratio exactly 2.5.
  run_plan(kRandom, folder.file("x.db"), 2);
  const results::Study study = test::study_in(folder.file("x.db"));
  const results::Comparison comparison = results::comparison_of(study.points[0], 1, 0, 0.95);
  CHECK(comparison.pairs == 6);
  REQUIRE(comparison.ratio);
  CHECK(*comparison.ratio == Approx(2.5).epsilon(1e-8));
  CHECK(comparison.ratio_interval->high - comparison.ratio_interval->low < 1e-8);
  CHECK(results::sample_of(study.points[0], 0, 0, 0.95).halfwidth() > 0.1);
}

TEST_CASE("a run that fails is recorded with its reason, and the sweep goes on", "[sweep]") {
  const test::TemporaryFolder folder;
  const sweep_runner::SweepOutcome outcome = run_plan(
      "systems: [refusing, stuck, pause]\n"
      "sweep: {axes: {workload.tree_reduction.elements: [4, 8], "
      "workload.tree_reduction.delay_ms: [0, 3600000]}}",
      folder.file("x.db"), 2);
  CHECK(outcome.progress.committed == 12);
  CHECK(outcome.progress.failed == 4 + 6);  // two systems at two points; all at the other two
  const results::Study study = test::study_in(folder.file("x.db"));
  CHECK(study.points[0].runs[0][0].failure == "it did not want to");
  CHECK(study.points[0].runs[1][0].status == "deadlocked");
  CHECK(study.points[0].runs[1][0].failure.find("a bus that does not come") != std::string::npos);
  CHECK(study.points[0].runs[2][0].completed());
  CHECK(study.points[1].runs[2][0].failure.find("workload.tree_reduction: task ") !=
        std::string::npos);
}

TEST_CASE("replicates until the mean is known are the same in any order of work", "[sweep]") {
  const test::TemporaryFolder folder;
  const std::string yaml =
      "systems: [{pause: {random_pause: true}}]\n"
      "until: {metric: makespan_s, relative_halfwidth: 0.1, at_least: 3, at_most: 40}\n"
      "sweep: {axes: {workload.tree_reduction.elements: [4, 8]}}";
  run_plan(yaml, folder.file("one.db"), 1);
  const results::Study study = test::study_in(folder.file("one.db"));
  const size_t runs = study.points[0].runs[0].size();
  CHECK(runs > 3);
  CHECK(runs < 40);
  const results::Sample sample = results::sample_of(study.points[0], 0, 0, 0.95);
  CHECK(sample.halfwidth() <= 0.1 * sample.mean);
  run_plan(yaml, folder.file("four.db"), 4);
  CHECK(test::runs_text(test::study_in(folder.file("four.db"))) == test::runs_text(study));
}

// Of uniform factors in [1, 2) and a pause of 2 s, the makespan's mean is 3 s.
TEST_CASE("95 % intervals of 200 studies contain the true mean in 90 to 99 % of them", "[sweep]") {
  const test::TemporaryFolder folder;
  run_plan("systems: [{pause: {random_pause: true}}]\nreplicates: 1600", folder.file("x.db"), 2);
  const results::Study all = test::study_in(folder.file("x.db"));
  const std::vector<results::StudyRun>& runs = all.points[0].runs[0];
  REQUIRE(runs.size() == 1600);
  int hits = 0;
  for (int study = 0; study < 200; ++study) {
    results::StudyPoint point = all.points[0];
    point.runs[0].assign(runs.begin() + 8 * study, runs.begin() + 8 * (study + 1));
    const results::Sample sample = results::sample_of(point, 0, 0, 0.95);
    if (sample.interval->low <= 3 && sample.interval->high >= 3) ++hits;
  }
  CHECK(hits >= 180);
  CHECK(hits <= 198);
}

}  // namespace
}  // namespace wukong::perf

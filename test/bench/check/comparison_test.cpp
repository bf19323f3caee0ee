#include "bench/check/comparison.h"

#include "bench/check/suite.h"
#include "bench/experiment/catalog.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/squeeze.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::check {
namespace {

BaselineRun run_of(const std::string& system, double makespan) {
  return {"n=1", system, 1, "completed", {{"makespan_s", makespan}, {"cost_usd", 2}}};
}

Suite suite_of(const std::map<std::string, Tolerance>& tolerances = {}) {
  Suite suite;
  suite.metrics = {"makespan_s", "cost_usd"};
  suite.tolerances = tolerances;
  return suite;
}

TEST_CASE("a check is exact unless there is a tolerance", "[check]") {
  const auto changed = [](double value, const Suite& suite) {
    return compare_with_baseline({{run_of("w", value)}}, {{run_of("w", 100)}}, suite).changed();
  };
  CHECK(changed(100, suite_of()) == 0);
  CHECK(changed(100.0001, suite_of()) == 1);
  const Suite wide = suite_of({{"makespan_s", {0.02, 0.5}}});
  CHECK(changed(102, wide) == 0);
  CHECK(changed(102.1, wide) == 1);
  CHECK(changed(51, wide) == 0);
  CHECK(changed(49, wide) == 1);
}

TEST_CASE("a report names what changed, with old, new and percent", "[check]") {
  BaselineRun failed = run_of("v", 3);
  failed.status = "failed";
  const CheckResult result =
      compare_with_baseline({{run_of("w", 110), failed, run_of("new", 1)}},
                            {{run_of("w", 100), run_of("v", 3), run_of("gone", 1)}}, suite_of());
  const std::string text = test::squeeze(report_check(result));
  CHECK(text.find("n=1 w makespan_s 1 100 110 +10.00 %\n") != std::string::npos);
  CHECK(text.find("n=1 v status 1 completed failed\n") != std::string::npos);
  CHECK(text.find("not in the baseline: new at n=1, seed 1\n") != std::string::npos);
  CHECK(text.find("only in the baseline: gone at n=1, seed 1\n") != std::string::npos);
  CHECK(text.find("3 runs: 0 as before, 2 changed, 1 not in the baseline\n") != std::string::npos);
}

TEST_CASE("JUnit's XML has a test case for each run", "[check]") {
  const CheckResult result =
      compare_with_baseline({{run_of("a<b", 1), run_of("w", 2)}}, {{run_of("w", 1)}}, suite_of());
  const std::string text = junit_xml(result, "suite");
  CHECK(text.find("<testsuite name=\"suite\" tests=\"2\" failures=\"1\" errors=\"1\">") !=
        std::string::npos);
  CHECK(text.find("<testcase classname=\"a&lt;b\" name=\"n=1, seed 1\"><error ") !=
        std::string::npos);
  CHECK(text.find("<failure message=\"changed: makespan_s\">makespan_s: 1 -&gt; 2 (+100.00 %)\n") !=
        std::string::npos);
}

TEST_CASE("a baseline reads back as it was written; a broken one is an error", "[check]") {
  const test::TemporaryFolder folder;
  const std::vector<BaselineRun> runs{run_of("w", 0.1), run_of("\"v\"", 1e-9)};
  const std::string text = baseline_text({runs, {{"flow.json", "0123"}}});
  const Baseline baseline = read_baseline(folder.write("b.json", text));
  CHECK(baseline.files == std::map<std::string, std::string>{{"flow.json", "0123"}});
  const std::vector<BaselineRun>& read = baseline.runs;
  REQUIRE(read.size() == 2);
  CHECK(read[1].system == "\"v\"");
  CHECK(read[0].metrics == runs[0].metrics);
  CHECK(baseline_text(baseline) == text);
  const auto error_of = [&](const std::string& broken) {
    return test::error_text([&] { read_baseline(folder.write("b.json", broken)); });
  };
  CHECK(error_of("{").find("not valid JSON") != std::string::npos);
  CHECK(error_of("{}").find("schema: expected a value") != std::string::npos);
  CHECK(error_of("{\"schema\": \"wukong.baseline/2\", \"runs\": []}")
            .find("found \"wukong.baseline/2\"") != std::string::npos);
  CHECK(error_of("{\"schema\": \"wukong.baseline/1\", \"runs\": [{\"point\": \"\"}]}")
            .find("runs[0].system: expected a value") != std::string::npos);
}

TEST_CASE("a suite's tolerances are read strictly", "[check]") {
  const test::TemporaryFolder folder;
  const auto suite = [&](const std::string& check) {
    return read_suite(folder.write("s.yaml",
                                   "platform: aws-2020\nsystems: [wukong]\n"
                                   "workload: {tree_reduction: {elements: 4}}\n" +
                                       check),
                      {}, experiment::program_catalog());
  };
  const Suite read =
      suite("check: {metrics: [makespan_s], tolerances: {makespan_s: {increase: 0.1}}}");
  CHECK(read.tolerance_of("makespan_s").increase == 0.1);
  CHECK(read.tolerance_of("makespan_s").decrease == 0);
  CHECK(suite("check: {tolerances: {cost_usd: 0.2}}").tolerance_of("cost_usd").decrease == 0.2);
  CHECK(test::error_text([&] {
          suite("check: {metrics: [makespan]}");
        }).find("did you mean \"makespan_s\"") != std::string::npos);
  CHECK(test::error_text([&] {
          suite("check: {tolerance: {}}");
        }).find("did you mean \"tolerances\"") != std::string::npos);
  CHECK(test::error_text([&] { suite("check: {tolerances: {cost_usd: -1}}"); }).find(":4: ") !=
        std::string::npos);
}

}  // namespace
}  // namespace wukong::check

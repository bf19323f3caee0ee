
#include "bench/report/comparison.h"

#include <boost/json.hpp>

#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/run.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/squeeze.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"

namespace wukong::report {
namespace {

struct ComparedRuns {
  experiment::Experiment experiment;
  std::vector<run::RunResult> results;

  std::string report(const ComparisonOptions& options = {}) const {
    return test::squeeze(report_comparison(experiment, results, options));
  }
};

ComparedRuns compared(const std::string& systems, const std::string& more = "") {
  ComparedRuns runs{
      experiment::make_experiment(
          parameters::parse_yaml("platform: aws-2020\n"
                                 "workload: {tree_reduction: {elements: 16, delay_ms: 0}}\n"
                                 "systems: " +
                                     systems + "\n" + more,
                                 {parameters::Origin::Kind::file, "x.yaml", 0}),
          test::test_catalog()),
      {}};
  runs.results = simulation::run_experiment(runs.experiment, 1);
  return runs;
}

const std::string kTwo = "[{pause: {name: slow, pause_s: 5}}, pause]";

TEST_CASE("a comparison shows systems side by side, each value with its ratio", "[bench]") {
  const std::string text = compared(kTwo).report();
  CHECK(text.find("tree_reduction (elements 16, ") == 0);
  CHECK(text.find("ratios to slow") != std::string::npos);
  CHECK(text.find("\n slow pause\n") != std::string::npos);
  CHECK(text.find("\ntime 5.00 s 1.00x 2.00 s 0.400x\n") != std::string::npos);
  CHECK(text.find("\ntasks 15 15\n") != std::string::npos);  // of which no number is better
  CHECK(text.find("object get") == std::string::npos);
}

TEST_CASE("ratios are to the first system, to the best one, or to the one that is named",
          "[bench]") {
  const ComparedRuns runs = compared(kTwo);
  const std::string best = runs.report({.ratio_to = "best"});
  CHECK(best.find("best of each\n") != std::string::npos);
  CHECK(best.find("\ntime 5.00 s 2.50x 2.00 s 1.00x\n") != std::string::npos);
  CHECK(runs.report({.ratio_to = "pause"}).find("\ntime 5.00 s 2.50x 2.00 s 1.00x\n") !=
        std::string::npos);
  CHECK(test::error_text([&] { runs.report({.ratio_to = "pauze"}); }) ==
        "--ratio-to: expected one of first, best, slow, pause, found \"pauze\" (did you mean "
        "\"pause\"?)");
}

TEST_CASE("a comparison shows every metric, or those that are named", "[bench]") {
  const ComparedRuns runs = compared(kTwo);
  const std::string all = runs.report({.all = true});
  CHECK(all.find("\ncost\n total $0.25") != std::string::npos);
  CHECK(all.find("\n throttles 0 0\n") != std::string::npos);
  CHECK(all.find("queue send") == std::string::npos);  // nobody did
  const std::string some = runs.report({.metrics = {"queue_sends", "makespan_s"}});
  CHECK(some.find("\nqueue_sends 0 0\nmakespan_s 5.00 s 1.00x 2.00 s 0.400x\n") !=
        std::string::npos);
  CHECK(some.find("cost") == std::string::npos);
}

TEST_CASE("systems that are too many for columns are rows, in parts that fit", "[bench]") {
  std::string systems;
  for (int i = 0; i < 17; ++i)
    systems += (i == 0 ? "[" : ", ") +
               ("{pause: {random_pause: true, name: system-number-" + std::to_string(i) + "}}");
  const ComparedRuns runs = compared(systems + "]", "replicates: 3\n");
  const std::string text = runs.report();
  CHECK(text.find("\n time cost") != std::string::npos);
  CHECK(text.find("\nsystem-number-16 ") != std::string::npos);
  const std::string wide = runs.report({.width = 1000});
  CHECK(wide.find("\ntime ") != std::string::npos);
}

TEST_CASE("a comparison is a document for programs, too", "[bench]") {
  const ComparedRuns runs = compared("[{pause: {name: 'a, b', pause_s: 5}}, refusing]");
  const SystemComparison comparison = compare_systems(
      runs.experiment, runs.results, {.metrics = {"makespan_s", "makespan_s", "invocations"}});
  CHECK(comparison_csv(comparison) ==
        "system,metric,unit,runs,completed,mean,min,max,ratio\n"
        "\"a, b\",makespan_s,s,1,1,5,5,5,1\n"
        "\"a, b\",invocations,,1,1,0,0,0,\n"
        "refusing,makespan_s,s,1,0,,,,\n"
        "refusing,invocations,,1,0,,,,\n");
  CHECK(comparison_markdown(comparison).find("| system | metric | unit |") == 0);
  const boost::json::value document = boost::json::parse(comparison_json(comparison));
  CHECK(document.at("schema") == "wukong.comparison/1");
  const boost::json::value& first = document.at("systems").at(0);
  CHECK(first.at("metrics").at("makespan_s").at("mean").to_number<double>() == 5);
  CHECK(first.at("failure").is_null());
  CHECK(document.at("systems").at(1).at("failure") == "it did not want to");
  CHECK(document.at("systems").at(1).at("metrics").at("makespan_s").is_null());
}

}  // namespace
}  // namespace wukong::report

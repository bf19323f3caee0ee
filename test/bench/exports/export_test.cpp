#include "bench/exports/export.h"

#include <algorithm>
#include <boost/json.hpp>

#include "bench/exports/report_study.h"
#include "bench/results/query.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/squeeze.h"
#include "test/bench/support/sweep_study.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::exports {
namespace {

// Two systems at two points with three replicates; one of them refuses to run at all.
class SmallStudy {
 public:
  SmallStudy() {
    static const test::TestCatalog catalog;
    const sweep::SweepPlan plan = test::test_sweep(
        "systems: [{pause: {random_pause: true}}, {pause: {name: 'a, \"b\"', pause_s: 5}}, "
        "refusing]\nreplicates: 3\nsweep: {axes: {workload.tree_reduction.elements: [4, 8]}}",
        catalog.get());
    sweep_runner::run_sweep(plan, catalog.get(),
                            {path(), 1, {}, sweep_runner::ProgressDisplay::Style::none});
  }
  std::string path() const { return folder_.file("x.db"); }
  std::string file(const std::string& name) const { return folder_.file(name); }
  results::Study study() const { return test::study_in(path()); }

 private:
  test::TemporaryFolder folder_;
};

size_t lines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("CSV has a line for each run, and quotes where it must", "[results]") {
  const SmallStudy small;
  const std::string text = export_csv(small.study(), {ExportOf::runs, {0}, 0.95});
  CHECK(text.find("point,elements,system,replicate,seed,status,failure,"
                  "trace_hash,makespan_s\n0,4,pause,0,1,completed,,") == 0);
  CHECK(lines(text) == 1 + 2 * 3 * 3);
  CHECK(text.find("\n0,4,\"a, \"\"b\"\"\",0,1,completed,,") != std::string::npos);
  CHECK(text.find(",5\n") != std::string::npos);
  CHECK(text.find("\n1,8,refusing,2,3,failed,it did not want to,") != std::string::npos);
}

TEST_CASE("statistics and comparisons have a line for each point, system and metric", "[results]") {
  const SmallStudy small;
  const std::string statistics = export_csv(small.study(), {ExportOf::statistics, {0, 1}, 0.95});
  CHECK(lines(statistics) == 1 + 2 * 3 * 2);
  CHECK(statistics.find(",makespan_s,3,3,5,5,5,0,5,5,5,5,5\n") != std::string::npos);
  CHECK(statistics.find("refusing,makespan_s,3,0,,,,,,,,,\n") != std::string::npos);
  const std::string comparisons = export_csv(small.study(), {ExportOf::comparisons, {0}, 0.95});
  CHECK(lines(comparisons) == 1 + 2 * 2);
  CHECK(comparisons.find("refusing,pause,makespan_s,0,,,,,,\n") != std::string::npos);
}

TEST_CASE("JSON holds runs, statistics and comparisons", "[results]") {
  const SmallStudy small;
  const boost::json::value document =
      boost::json::parse(export_json(small.study(), {ExportOf::runs, {0}, 0.95}));
  CHECK(document.at("schema").as_string() == "wukong.study/1");
  const boost::json::value& system = document.at("points").at(1).at("systems").at(1);
  CHECK(document.at("points").at(1).at("coordinates").at("workload.tree_reduction.elements") == 8);
  CHECK(system.at("runs").as_array().size() == 3);
  CHECK(system.at("statistics").at("makespan_s").at("mean").as_double() == 5);
  CHECK(system.at("compared_with_pause").at("makespan_s").at("pairs").as_int64() == 3);
}

TEST_CASE("Markdown is a table", "[results]") {
  const SmallStudy small;
  const std::string text = export_markdown(small.study(), {ExportOf::statistics, {0}, 0.95});
  CHECK(text.find("| point | elements | system |") == 0);
  CHECK(text.find("\n| ---: | ---: | --- |") != std::string::npos);
  CHECK(lines(text) == 2 + 2 * 3);
}

TEST_CASE("a report shows intervals beside means, and why runs failed", "[results]") {
  const SmallStudy small;
  const std::string text = test::squeeze(report_study(small.study(), 0, 0.95, 200));
  CHECK(text.find("makespan_s, 2 of 2 points") == 0);
  CHECK(text.find("95 % interval std dev median 5 % .. 95 % ratio to pause") != std::string::npos);
  CHECK(text.find("refusing 0 of 3 -") != std::string::npos);
  CHECK(text.find("\n6 runs failed: refusing: it did not want to\n") != std::string::npos);
}

TEST_CASE("SQL sees a column for each axis and metric, and cannot write", "[results]") {
  const SmallStudy small;
  const auto query = [&](const std::string& sql) {
    results::ResultStore store = results::ResultStore::open_for_reading(small.path());
    return results::query_results(store, results::load_study(store, std::nullopt), sql);
  };
  CHECK(query("SELECT elements, avg(makespan_s) AS time "
              "FROM results WHERE system LIKE 'a%' AND elements > 4 GROUP BY 1") ==
        "elements,time\n8,5.0\n");
  CHECK(test::error_text([&] { query("SELEC 1"); }).find("syntax error") != std::string::npos);
  CHECK(test::error_text([&] { query("DELETE FROM runs"); }).find("expected a SELECT") !=
        std::string::npos);
  CHECK(test::error_text([&] { query("  "); }).find("expected a SELECT") != std::string::npos);
  CHECK(small.study().run_count() == 18);
}

TEST_CASE("any program finds one row for each run in the view of the file", "[results]") {
  const SmallStudy small;
  results::Database database(small.path(), results::Database::Mode::read_only);
  results::Statement select(database,
                            "SELECT count(*), sum(elements), max(makespan_s) FROM results"
                            " WHERE system LIKE 'a%' AND elements = 8");
  REQUIRE(select.step());
  CHECK(select.integer(0) == 3);
  CHECK(select.integer(1) == 24);
  CHECK(select.real(2) == 5);
}

TEST_CASE("a column of an axis has the key's last part, or all of it where that is taken",
          "[results]") {
  results::Study study;
  study.axes = {"workload.tsqr.rows", "a.latency_ms", "b.latency_ms", "x.seed"};
  CHECK(column_names(study) ==
        std::vector<std::string>{"rows", "a.latency_ms", "b.latency_ms", "x.seed"});
}

}  // namespace
}  // namespace wukong::exports

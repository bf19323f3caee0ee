#include "bench/reproduction/reproduction.h"

#include <boost/json.hpp>

#include "bench/reproduction/headline.h"
#include "bench/reproduction_report/figure_csv.h"
#include "bench/reproduction_report/report_html.h"
#include "bench/reproduction_report/report_text.h"
#include "bench/reproduction_report/reproduction_json.h"
#include "bench/text/version.h"
#include "test/bench/reproduction/support/small_reproduction.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"
#include "test/support/golden.h"

namespace wukong::reproduction {
namespace {

struct SmallRun {
  std::vector<FigureResult> figures;
  std::vector<Headline> headlines;
  Accuracy accuracy;

  SmallRun(const ReproductionLibrary& library, unsigned threads,
           const std::vector<std::string>& settings = {},
           const experiment::Catalog& catalog = experiment::program_catalog()) {
    ReproductionOptions options;
    options.replicates = 2;
    options.threads = threads;
    options.settings = settings;
    figures = reproduce(library, catalog, options, [](const CampaignProgress&) {});
    headlines = evaluate_headlines(library, figures);
    accuracy = measure_accuracy(figures);
  }
  std::string json() const {
    return reproduction_report::reproduction_document(figures, headlines, accuracy, 2);
  }
  // JSON and CSV; the commit is another one at each commit.
  std::string text() const {
    std::string all = json();
    const std::string commit(text::program_commit());
    all.replace(all.find(commit), commit.size(), "COMMIT");
    for (const FigureResult& figure : figures) all += reproduction_report::figure_csv(figure);
    return all;
  }
};

TEST_CASE("a reduced reproduction gives the stored JSON and CSV with any number of threads",
          "[reproduction][golden]") {
  const ReproductionLibrary library = test::small_library();
  const std::string one = SmallRun(library, 1).text();
  CHECK(test::golden_difference("golden/reproduction.txt", one) == "");
  CHECK(SmallRun(library, 2).text() == one);
}

TEST_CASE("the document keeps figure, series and x as they stand in figures.json",
          "[reproduction]") {
  const ReproductionLibrary library = test::small_library();
  const boost::json::value document = boost::json::parse(SmallRun(library, 2).json());
  CHECK(document.at("schema").as_string() == "wukong.reproduction/1");
  const boost::json::array& points = document.at("points").as_array();
  REQUIRE(points.size() == 9);
  CHECK(points[0].at("series").as_string() == "wukong");
  CHECK(points[0].at("x").as_string() == "4k");
  CHECK(points[0].at("paper").as_double() == 0.5);
  CHECK(points[1].at("paper").is_null());  // "?"
  CHECK(points[2].at("paper").as_string() == "fail");
  CHECK(points[4].at("paper").is_null());  // null
  CHECK(points[6].at("figure").as_string() == "amplification");
  for (const boost::json::value& point : points) {
    const double mean = point.at("simulated").as_double();
    CHECK(point.at("min").as_double() <= mean);
    CHECK(mean <= point.at("max").as_double());
  }
  // 8 n^2 bytes of R
  CHECK(points[8].at("simulated").as_double() == Approx(8 * 64 * 64 / 1e9));
  CHECK(document.at("headlines").as_array().size() == 2);
  CHECK(document.at("headlines").at(0).at("formula").as_string() ==
        "times numpywren 16k / times wukong 16k");
}

TEST_CASE("settings reach the runs", "[reproduction]") {
  const ReproductionLibrary library = test::small_library();
  const SmallRun plain(library, 2);
  const SmallRun changed(library, 2, {"systems.numpywren.compile_time_s=60"});
  CHECK(changed.figures[0].at(1, 0).simulated.mean > plain.figures[0].at(1, 0).simulated.mean + 50);
  CHECK(changed.figures[0].at(0, 0).simulated.mean == plain.figures[0].at(0, 0).simulated.mean);
}

TEST_CASE("a point of which most replicates fail says so, with the reason", "[reproduction]") {
  constexpr LibraryFile kFailing{"times.yaml", R"yaml(
experiment: {platform: aws-2020, workload: {tree_reduction: {elements: 4, delay_ms: 0}}}
metric: makespan_s
plot: {form: lines, x: linear, y: linear}
series:
  wukong: {system: pause}
  numpywren: {system: refusing}
  dask-125: {system: stuck}
x: {4k: {}, 16k: {}}
)yaml"};
  const LibraryFile files[] = {test::kSmallFigures, kFailing};
  const ReproductionLibrary library(files, "small");
  const test::TestCatalog catalog;
  const SmallRun run(library, 2, {}, catalog.get());
  const PointResult& point = run.figures[0].at(1, 0);
  CHECK(point.fails);
  CHECK(point.failed == 2);
  CHECK(run.json().find("\"simulated\": \"fail\"") != std::string::npos);
  CHECK(run.accuracy.failures_matched == 1);
  CHECK(reproduction_report::failure_line(run.figures[0], point) ==
        "numpywren at 4k: 2 of 2 replicates fail: it did not want to");
  CHECK_FALSE(run.figures[0].at(0, 0).fails);
  CHECK(run.figures[0].at(2, 0).runs[0].deadlocked);
}

TEST_CASE("the page holds every figure and point by itself, without scripts", "[reproduction]") {
  const ReproductionLibrary library = test::small_library();
  const SmallRun run(library, 2);
  const std::vector<std::string> plots = {"<?xml?>\n<svg id='first'></svg>", ""};
  const std::string page =
      reproduction_report::report_html({run.figures, plots, run.headlines, run.accuracy, 2});
  for (const char* part :
       {"<section id=\"times\">", "<section id=\"amplification\">", "<svg id='first'>",
        "The plot was not drawn", "As simulated: Blocks of &lt;4&gt; rows.", "2 replicates a point",
        "below axis", "<td>16k</td>", "<caption>Every point of times,",
        "<th scope=\"col\">paper</th>", "<th scope=\"row\" class=\"name\">"}) {
    INFO(part);
    CHECK(page.find(part) != std::string::npos);
  }
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<?xml") == std::string::npos);
  CHECK(page.find("src=") == std::string::npos);
}

TEST_CASE("figures are chosen by name, in the order of the file", "[reproduction]") {
  const ReproductionLibrary library = test::small_library();
  const auto selected = library.select({"amplification", "times"});
  REQUIRE(selected.size() == 2);
  CHECK(selected[0]->name == "times");
  CHECK(test::error_text([&] { library.select({"time"}); }) ==
        "expected a figure (wukong reproduce --list shows them), found \"time\" (did you mean "
        "\"times\"?)");
}

TEST_CASE("a description of an unknown figure is refused", "[reproduction]") {
  const LibraryFile files[] = {test::kSmallFigures, {"tims.yaml", test::kSmallTimes.text}};
  CHECK(test::error_text([&] { ReproductionLibrary(files, "small"); }) ==
        "small/tims.yaml:2: expected the name of a figure of figures.json, found \"tims\" (did you "
        "mean \"times\"?)");
  const LibraryFile undescribed[] = {test::kSmallFigures, test::kSmallTimes};
  const ReproductionLibrary library(undescribed, "small");
  CHECK(library.select({}).size() == 1);
  CHECK(test::error_text([&] { library.select({"amplification"}); }) ==
        "small/amplification.yaml: expected a description of the figure, found no such file");
}

}  // namespace
}  // namespace wukong::reproduction

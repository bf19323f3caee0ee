#include "bench/reproduction/figure_setup.h"

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/reproduction/library.h"
#include "bench/reproduction/point_experiment.h"
#include "test/bench/reproduction/support/made_results.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::reproduction {
namespace {

const std::string kDescription =
    "experiment: {platform: p, workload: {w: {a: 1, b: 1}}}\n"
    "metric: makespan_s\n"
    "plot: {form: lines, x: log, y: linear}\n"
    "series:\n"
    "  one: {system: s, workload: {w: {b: 2}}}\n"
    "  two: {system: {preset: s, c: 3}}\n"
    "x:\n"
    "  1k: {workload: {w: {b: 4}}}\n"
    "  2k: {}\n";

const ReferenceFigure& reference() {
  static const ReferenceFigure figure =
      test::made_reference("f", R"({"one": [1, 2], "two": [3, 4]})", R"(["1k", "2k"])");
  return figure;
}

FigureSetup setup_of(const std::string& text) {
  return make_figure_setup(
      reference(), parameters::parse_yaml(text, {parameters::Origin::Kind::file, "f.yaml", 0}));
}

std::string description_with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string refusal(const std::string& from, const std::string& to) {
  return test::error_text([&] { setup_of(description_with(kDescription, from, to)); });
}

std::string at(const parameters::ParameterTree& tree, std::initializer_list<const char*> path) {
  const parameters::ParameterTree* place = &tree;
  for (const char* key : path)
    if (place != nullptr) place = place->find(key);
  return place == nullptr ? "missing" : place->text;
}

TEST_CASE("a point is the experiment, its series over it, and its x over both", "[reproduction]") {
  const FigureSetup setup = setup_of(kDescription);
  REQUIRE(setup.points.size() == 4);
  CHECK(setup.plot.x == PlotStyle::Scale::log);
  CHECK(setup.plot.y == PlotStyle::Scale::linear);
  const char* const b[] = {"4", "2", "4", "1"};  // one at 1k, one at 2k, two at 1k, two at 2k
  for (size_t i = 0; i < 4; ++i) {
    CHECK(setup.points[i].series == i / 2);
    CHECK(setup.points[i].x == i % 2);
    CHECK(at(setup.points[i].parameters, {"workload", "w", "b"}) == b[i]);
    CHECK(at(setup.points[i].parameters, {"workload", "w", "a"}) == "1");
  }
  CHECK(at(setup.points[3].parameters, {"system", "c"}) == "3");
}

TEST_CASE("a description has the series and the x of its figure, no more and no less",
          "[reproduction]") {
  CHECK(refusal("  two:", "  twoo:") ==
        "f.yaml:6: series.twoo: unknown key (did you mean \"two\"?)");
  CHECK(refusal("  2k: {}\n", "") ==
        "f.yaml:7: x.2k: expected a value, found nothing (the key is missing)");
  CHECK(refusal("metric: makespan_s\n", "") ==
        "f.yaml:1: metric: expected a value, found nothing (the key is missing)");
  CHECK(refusal("plot:", "plots:") == "f.yaml:3: plots: unknown key (did you mean \"plot\"?)");
  CHECK(refusal("one: {system", "one: {sistem") ==
        "f.yaml:5: series.one.sistem: unknown key (did you mean \"system\"?)");
  CHECK(refusal("2k: {}", "2k: 7") ==
        "f.yaml:9: x.2k: expected a map (platform, workload, system), found \"7\"");
}

TEST_CASE("a description may say what it assumes, as a text", "[reproduction]") {
  CHECK(setup_of(kDescription).note.empty());
  CHECK(setup_of("note: >-\n  Blocks are\n  square.\n" + kDescription).note ==
        "Blocks are square.");
  CHECK(test::error_text([] { setup_of("note: {a: b}\n" + kDescription); }) ==
        "f.yaml:1: note: expected a text, found a map");
}

TEST_CASE("a metric is known, and in the figure's unit", "[reproduction]") {
  CHECK(refusal("makespan_s", "makespam_s")
            .find("f.yaml:2: metric: expected a metric (`wukong metrics`") == 0);
  CHECK(refusal("makespan_s", "makespam_s").find("did you mean \"makespan_s\"?") !=
        std::string::npos);
  CHECK(refusal("makespan_s", "read_gb") ==
        "f.yaml:2: metric: expected a metric in s, as the figure is, found \"read_gb\" in GB");
  CHECK(refusal("makespan_s", "{1k: makespan_s}") ==
        "f.yaml:2: metric.2k: expected a value, found nothing (the key is missing)");
  const FigureSetup setup =
      setup_of(description_with(kDescription, "makespan_s", "{1k: makespan_s, 2k: invoke_s}"));
  CHECK(setup.points[0].metric->name == "makespan_s");
  CHECK(setup.points[1].metric->name == "invoke_s");
}

TEST_CASE("the figures of a set run only where it or one of them is named", "[reproduction]") {
  const ReproductionLibrary library(embedded_reproduction(), "configs/reproduction");
  for (const ReferenceFigure* figure : library.select({})) CHECK(figure->set.empty());
  const std::vector<const ReferenceFigure*> set = library.select({"faas"});
  CHECK(set.size() >= 4);
  for (const ReferenceFigure* figure : set) {
    CHECK(figure->set == "faas");
    CHECK(figure->is_outside);
  }
  CHECK(library.select({"faas", "socc20-14"}).size() == set.size() + 1);
  CHECK(library.select({"faas-simfaas"}).size() == 1);
}

TEST_CASE("every figure of the papers is described, and each of its points is an experiment",
          "[reproduction]") {
  const ReproductionLibrary library(embedded_reproduction(), "configs/reproduction");
  const experiment::Catalog catalog = experiment::program_catalog();
  PointExperiments experiments(catalog, {});
  const std::vector<const ReferenceFigure*> service = library.select({"faas"});
  CHECK(library.select({}).size() + service.size() == library.figures().size());
  std::vector<const ReferenceFigure*> all = library.select({});
  all.insert(all.end(), service.begin(), service.end());
  for (const ReferenceFigure* figure : all) {
    const FigureSetup setup = make_figure_setup(*figure, *library.description(figure->name));
    CHECK(setup.points.size() == figure->series.size() * figure->x.size());
    for (const PointSetup& point : setup.points)
      CHECK(experiments.make(point.parameters).systems.size() == 1);
  }
}

}  // namespace
}  // namespace wukong::reproduction

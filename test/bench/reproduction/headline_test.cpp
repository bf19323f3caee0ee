#include "bench/reproduction/headline.h"

#include "test/bench/reproduction/support/made_results.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::reproduction {
namespace {

constexpr std::string_view kFigures = R"({"schema": "wukong.paper-figures/1", "figures": [
  {"figure": "f", "title": "T", "unit": "s", "x_name": "n", "note": "", "x": ["1k", 2],
   "series": {"a": ["?", "?"], "b": ["?", "?"]}}]})";

// Points a at 1k, a at 2, b at 1k, b at 2 take 10, 20, 40 and 0; b at 2 fails.
std::vector<Headline> evaluate(const std::string& formula, bool with_figure = true) {
  const std::string headlines = "headlines:\n  - {claim: C, paper: 2, unit: x, " + formula + "}\n";
  const LibraryFile files[] = {{"figures.json", kFigures}, {"headlines.yaml", headlines}};
  const ReproductionLibrary library(files, "folder");
  std::vector<FigureResult> figures;
  if (with_figure)
    figures.push_back(test::made_figure(
        library.figures()[0], [](size_t series, size_t x) -> std::optional<double> {
          if (series == 1 && x == 1) return std::nullopt;
          return series == 1 ? 40.0 : 10.0 * static_cast<double>(1 + x);
        }));
  return evaluate_headlines(library, figures);
}

double number(const std::string& formula) {
  const std::vector<Headline> headlines = evaluate(formula);
  REQUIRE(headlines.size() == 1);
  CHECK_FALSE(headlines[0].fails);
  return headlines[0].simulated;
}

TEST_CASE("a headline is a formula over points", "[reproduction]") {
  CHECK(number("point: [f, a, 2]") == 20);
  CHECK(number("ratio: [[f, b, 1k], [f, a, 2]]") == 2);
  CHECK(number("reduction_percent: [[f, b, 1k], [f, a, 1k]]") == 75);  // 100 (1 - 10 / 40)
  CHECK(number("least: [[f, b, 1k], [f, a, 1k], [f, a, 2]]") == 10);
  CHECK(number("most: [[f, a, 1k], [f, b, 1k], [f, a, 2]]") == 40);
  CHECK(number("ratio: [{most: [[f, a, 1k], [f, b, 1k]]}, {point: [f, a, 1k]}]") == 4);
  CHECK(evaluate("ratio: [[f, b, 1k], [f, a, 2]]")[0].formula == "f b 1k / f a 2");
  CHECK(evaluate("reduction_percent: [[f, b, 1k], {least: [[f, a, 2], [f, a, 1k]]}]")[0].formula ==
        "100 (1 - least(f a 2, f a 1k) / f b 1k)");
}

TEST_CASE("a headline can name another metric of the same runs", "[reproduction]") {
  CHECK(number("point: [f, a, 2, makespan_s]") == 0);  // of the empty run behind the made value
}

TEST_CASE("a headline of a point that fails fails", "[reproduction]") {
  const std::vector<Headline> headlines = evaluate("ratio: [[f, b, 2], [f, a, 2]]");
  REQUIRE(headlines.size() == 1);
  CHECK(headlines[0].fails);
}

TEST_CASE("the least and the most are of what does not fail", "[reproduction]") {
  CHECK(number("least: [[f, b, 2], [f, b, 1k], [f, a, 2]]") == 20);
  CHECK(number("most: [[f, b, 2], [f, a, 1k]]") == 10);
  CHECK(evaluate("least: [[f, b, 2], [f, b, 2]]")[0].fails);
}

TEST_CASE("a headline of a figure that was not simulated is left out", "[reproduction]") {
  CHECK(evaluate("point: [f, a, 2]", false).empty());
}

TEST_CASE("a wrong formula is refused, even if its figure was not simulated", "[reproduction]") {
  const auto refusal = [](const std::string& formula) {
    return test::error_text([&] { evaluate(formula, false); });
  };
  const std::string place = "folder/headlines.yaml:2: headlines";
  CHECK(refusal("point: [g, a, 2]").find(place + ": expected a figure, found \"g\"") == 0);
  CHECK(refusal("point: [f, c, 2]").find(place + ": expected a series of f, found \"c\"") == 0);
  CHECK(refusal("point: [f, a, 3]").find(place + ": expected an x of f, found \"3\"") == 0);
  CHECK(refusal("point: [f, a, 2, red_gb]").find("expected a metric (") != std::string::npos);
  CHECK(refusal("ratio: [[f, a, 2]]") == place + ": expected two operands of ratio, found 1");
  CHECK(refusal("least: []") == place + ": expected operands of least, found none");
  CHECK(refusal("rato: [[f, a, 2], [f, a, 2]]").find("did you mean \"ratio\"?") !=
        std::string::npos);
  CHECK(refusal("point: [f, a]").find("found 2 names") != std::string::npos);
  CHECK(refusal("ratio: 3") == place + ": expected two operands of ratio, found 0");
}

// What the papers' own values give is what the papers claim, as exactly as values can be read from
// a plot with log axes.
TEST_CASE("the headlines' formulas give the papers' claims on the papers' values",
          "[reproduction]") {
  const ReproductionLibrary library(embedded_reproduction(), "configs/reproduction");
  std::vector<FigureResult> figures;
  for (const ReferenceFigure& reference : library.figures())
    figures.push_back(
        test::made_figure(reference, [&](size_t series, size_t x) -> std::optional<double> {
          const ReferenceValue& value = reference.series[series].values[x];
          if (!value.is_number()) return std::nullopt;
          return value.number;
        }));
  size_t checked = 0;
  for (const Headline& headline : evaluate_headlines(library, figures)) {
    if (headline.fails || !headline.paper) continue;  // the values are not given
    INFO(headline.claim);
    // Figure 19's ends of runs are read by eye: 446 and 87 s there, 427 and 95.8 s by the text.
    const bool by_eye = headline.claim.find("below the fastest numpywren's") != std::string::npos;
    CHECK(headline.simulated == Approx(*headline.paper).epsilon(by_eye ? 0.04 : 0.01));
    ++checked;
  }
  CHECK(checked == 12);
}

}  // namespace
}  // namespace wukong::reproduction

#include "bench/reproduction/reference_figure.h"

#include "test/bench/reproduction/support/made_results.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::reproduction {
namespace {

std::string refusal(const std::string& text) {
  return test::error_text([&] { parse_reference_figures(text, "figures.json"); });
}

std::string with_figure(const std::string& figure) {
  return R"({"schema": "wukong.paper-figures/1", "figures": [)" + figure + "]}";
}

TEST_CASE("a reference is a number, a failure, below the axis, or not given", "[reproduction]") {
  const ReferenceFigure figure =
      test::made_reference("f", R"({"a": [1.5, "fail", null, "?"]})", R"(["1k", 2, 2.5, "x"])");
  REQUIRE(figure.series.size() == 1);
  const std::vector<ReferenceValue>& values = figure.series[0].values;
  CHECK(values[0].is_number());
  CHECK(values[0].number == 1.5);
  CHECK(values[1].is_failure());
  CHECK(values[2].kind == ReferenceValue::Kind::below_axis);
  CHECK(values[3].kind == ReferenceValue::Kind::not_given);
}

TEST_CASE("values of x keep their text and their type", "[reproduction]") {
  const ReferenceFigure figure =
      test::made_reference("f", R"({"a": [1, 1, 1]})", R"(["1k", 2, 2.5])");
  CHECK(figure.x[0].text == "1k");
  CHECK_FALSE(figure.x[0].number);
  CHECK(figure.x[1].text == "2");
  CHECK(figure.x[1].whole);
  CHECK(figure.x[2].text == "2.5");
  CHECK_FALSE(figure.x[2].whole);
}

TEST_CASE("a broken file of figures is refused with file and key", "[reproduction]") {
  CHECK(refusal("{").find("figures.json:1: not valid JSON") == 0);
  CHECK(refusal("[]") == "figures.json: expected an object, found []");
  CHECK(refusal("{}") ==
        "figures.json: schema: expected a value, found nothing (the key is missing)");
  CHECK(refusal(R"({"schema": "x"})") ==
        "figures.json: schema: expected \"wukong.paper-figures/1\", found \"x\"");
  const std::string start =
      R"({"figure": "f", "title": "", "unit": "s", "x_name": "n", "note": "")";
  CHECK(refusal(with_figure(start + R"(, "x": [1, 2], "series": {"a": [1]}})")) ==
        "figures.json: figures.f.series.a: expected 2 values, one for each x, found 1");
  CHECK(refusal(with_figure(start + R"(, "x": [1], "series": {"a": ["failed"]}})")) ==
        "figures.json: figures.f.series.a: expected positive numbers, \"fail\", \"?\" or null, "
        "found \"failed\"");
  CHECK(refusal(with_figure(start + R"(, "x": [], "series": {"a": []}})")) ==
        "figures.json: figures.f.x: expected a value or more, found none");
  const std::string whole = start + R"(, "x": [1], "series": {"a": [1]}})";
  CHECK(refusal(with_figure(whole + "," + whole)) == "figures.json: figures.f: occurs twice");
}

}  // namespace
}  // namespace wukong::reproduction

#include "bench/sweep/axis.h"

#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::sweep {
namespace {

Axis axis_of(const std::string& yaml) {
  return read_axis("a.b",
                   parameters::parse_yaml(yaml, {parameters::Origin::Kind::file, "x.yaml", 0}));
}

std::string values_of(const std::string& yaml) {
  std::string text;
  for (const AxisValue& value : axis_of(yaml).values) text += value.text + " ";
  return text;
}

TEST_CASE("an axis is a list, or a range that is linear, logarithmic or of powers", "[sweep]") {
  CHECK(values_of("[3, 1, 2]") == "3 1 2 ");
  CHECK(values_of("[redis-75, {preset: s3}]") == "redis-75 {preset: s3} ");
  CHECK(values_of("{from: 1, to: 9, steps: 5}") == "1 3 5 7 9 ");
  CHECK(values_of("{from: 0, to: 1, step: 0.1}") == "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 ");
  CHECK(values_of("{from: 1, to: 1000, steps: 4, scale: logarithmic}") == "1 10 100 1000 ");
  CHECK(values_of("{from: 3, to: 64, powers_of: 2}") == "3 6 12 24 48 ");
  CHECK(values_of("{from: 512, to: 3008, steps: 3, whole: true}") == "512 1760 3008 ");
  CHECK(values_of("{from: 0, to: 10, steps: 4, whole: true}") == "0 3 7 10 ");
}

TEST_CASE("a range without steps is continuous, for sampling", "[sweep]") {
  const Axis axis = axis_of("{from: 1, to: 100, scale: logarithmic}");
  REQUIRE(axis.range);
  CHECK(axis.range->at(0.5) == Approx(10));
  CHECK(axis.range->at(0) == 1);
  CHECK(axis.range->at(1) == 100);
}

TEST_CASE("a bad axis is an error at its line", "[sweep]") {
  CHECK(test::error_text([] { axis_of("\n\n[]"); }) ==
        "x.yaml:3: a.b: expected an axis of at least one value, found an empty list");
  CHECK(test::error_text([] { axis_of("[1, 2, 1]"); }).find("values that differ, found 1 twice") !=
        std::string::npos);
  CHECK(test::error_text([] { axis_of("7"); }).find("x.yaml:1: a.b: expected an axis: a list") ==
        0);
  CHECK(test::error_text([] { axis_of("{from: 2, to: 1, steps: 2}"); }).find("`from` below `to`") !=
        std::string::npos);
  CHECK(test::error_text([] {
          axis_of("{from: 1, to: 2, steps: 2, step: 1}");
        }).find("one of steps, step and powers_of") != std::string::npos);
  CHECK(test::error_text([] {
          axis_of("{from: 0, to: 2, steps: 2, scale: logarithmic}");
        }).find("above 0") != std::string::npos);
  CHECK(test::error_text([] {
          axis_of("{from: 1e-300, to: 1e18, steps: 3, scale: logarithmic}");
        }).find("at most 1e308 times `from`, found more") != std::string::npos);
  for (const char* endless :
       {"{from: 1e-310, to: 1e-309, powers_of: 1.0001}",
        "{from: 1e-280, to: 1e18, powers_of: 1.001}", "{from: 1, to: 1e12, step: 1}"})
    CHECK(test::error_text([&] { axis_of(endless); }).find("at most 100,000 values, found more") !=
          std::string::npos);
  CHECK(test::error_text([] {
          axis_of("{from: 0, to: 2, stepz: 2}");
        }).find("did you mean \"step") != std::string::npos);
}

}  // namespace
}  // namespace wukong::sweep

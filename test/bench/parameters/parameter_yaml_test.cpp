#include "bench/parameters/parameter_yaml.h"

#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::parameters {
namespace {

std::string yaml_error(const std::string& text) {
  return test::error_text([&] { parse_yaml(text, {Origin::Kind::file, "x.yaml", 0}); });
}

TEST_CASE("a documented value is its value, with a source", "[bench]") {
  const ParameterTree tree =
      parse_yaml("a: {value: [1, 2], source: 'page 7'}\n", {Origin::Kind::file, "x.yaml", 0});
  REQUIRE(tree.find("a")->is_list());
  CHECK(tree.find("a")->items.size() == 2);
  CHECK(tree.find("a")->source == "page 7");
}

TEST_CASE("a source in a map documents what has none of its own", "[bench]") {
  const ParameterTree tree = parse_yaml("m: {a: 1, b: {value: 2, source: own}, source: page 7}\n",
                                        {Origin::Kind::file, "x.yaml", 0});
  CHECK(tree.find("m")->keys() == std::vector<std::string>{"a", "b"});
  CHECK(tree.find("m")->find("a")->source == "page 7");
  CHECK(tree.find("m")->find("b")->source == "own");
}

TEST_CASE("a value may stand beside its source only", "[bench]") {
  CHECK(yaml_error("a: {value: 1, sauce: x}\n") ==
        "x.yaml:1: a.sauce: expected only `source` beside `value`, found \"sauce\"");
}

TEST_CASE("a key of two lines is an error, and not its first line", "[bench]") {
  CHECK(yaml_error("a: 1\nb: {\"c\\nd\": 1}\n") ==
        "x.yaml:2: b: expected a key of printable characters, found \"c\\nd\"");
}

TEST_CASE("a duplicate key is an error at its second place", "[bench]") {
  CHECK(yaml_error("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n") == "x.yaml:5: b.c: this key occurs twice");
}

TEST_CASE("broken YAML is an error with its line", "[bench]") {
  CHECK(yaml_error("a: 1\nb: [1, 2\nc: 3\n").rfind("x.yaml:3: not valid YAML: ", 0) == 0);
  CHECK(yaml_error("a: 1\n\tb: 2\n").rfind("x.yaml:2: not valid YAML: ", 0) == 0);
  CHECK(yaml_error("{").rfind("x.yaml:", 0) == 0);
  CHECK(yaml_error("a: *nowhere\n").rfind("x.yaml:1: not valid YAML: ", 0) == 0);
}

TEST_CASE("an error about YAML is one line", "[bench]") {
  for (const std::string text : {"? [a\n b]\n: 1", "\"a\nb\": 1\n\"a\nb\": 2\n", "a: \"x\ny"})
    CHECK(yaml_error(text).find('\n') == std::string::npos);
}

TEST_CASE("a second document is not dropped", "[bench]") {
  CHECK(yaml_error("a: 1\n---\nb: 2\n") == "x.yaml: expected one YAML document, found more");
  // yaml-cpp finds one after the other here without moving on.
  CHECK(yaml_error("# a\n,b\n") == "x.yaml: expected one YAML document, found more");
}

TEST_CASE("aliases that multiply, or contain themselves, end in an error", "[bench]") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int copy = 1; copy < 10; ++copy) bomb += ", " + last;
    bomb += "]\n";
  }
  CHECK(yaml_error(bomb).find("expected at most 64 levels and 1,000,000 values") !=
        std::string::npos);
  CHECK(yaml_error("a: &a [*a]\n").find("expected at most 64 levels") != std::string::npos);
}

TEST_CASE("an empty text is nothing", "[bench]") {
  CHECK(parse_yaml("", {}).is_none());
  CHECK(parse_yaml("# only a comment\n", {}).is_none());
}

TEST_CASE("a flag's value is any YAML, and errors name the flag", "[bench]") {
  CHECK(parse_flag_value("[a, {b: 1}]", "--set x").items.size() == 2);
  CHECK(parse_flag_value("3", "--set x=3").origin.describe() == "--set x=3");
  CHECK(test::error_text([] {
          parse_flag_value("[a", "--set x=[a");
        }).rfind("--set x=[a: not valid YAML: ", 0) == 0);
}

TEST_CASE("what has the tag of texts is no number, and other tags are errors", "[parameters]") {
  const Origin origin{Origin::Kind::file, "x.yaml", 0};
  const ParameterTree tree = parse_yaml("a: !!str 3\nb: 3\nc: \"3\"\n", origin);
  CHECK(tree.find("a")->quoted);
  CHECK_FALSE(tree.find("b")->quoted);
  CHECK(tree.find("c")->quoted);
  CHECK(test::error_text([&] { parse_yaml("a: 1\nb: !!int 3\n", origin); }) ==
        "x.yaml:2: b: expected no tag but !!str, found \"tag:yaml.org,2002:int\"");
}

TEST_CASE("a tag at a map, a list, a key or nothing is an error", "[parameters]") {
  const Origin origin{Origin::Kind::file, "x.yaml", 0};
  const auto error_of = [&](const std::string& text) {
    return test::error_text([&] { parse_yaml(text, origin); });
  };
  CHECK(error_of("a: 1\nb: !!set {c: 1}\n") ==
        "x.yaml:2: b: expected a map without a tag, found \"tag:yaml.org,2002:set\"");
  CHECK(error_of("a: !sum [1, 2]\n") ==
        "x.yaml:1: a: expected a list without a tag, found \"!sum\"");
  CHECK(error_of("!!int a: 1\n") ==
        "x.yaml:1: a: expected no tag but !!str, found \"tag:yaml.org,2002:int\"");
  CHECK(error_of("a: !!int\n") ==
        "x.yaml:1: a: expected no tag but !!str, found \"tag:yaml.org,2002:int\"");
  CHECK(parse_yaml("\"a\": {b: [1]}\n'c': ~\n", origin).keys() ==
        std::vector<std::string>{"a", "c"});
}

}  // namespace
}  // namespace wukong::parameters

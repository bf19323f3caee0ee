#include "bench/parameters/parameter_tree.h"

#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::parameters {
namespace {

ParameterTree from_preset(const std::string& text) {
  return parse_yaml(text, {Origin::Kind::preset, "platform/test", 0});
}
ParameterTree from_file(const std::string& text) {
  return parse_yaml(text, {Origin::Kind::file, "x.yaml", 0});
}

TEST_CASE("maps merge key by key, and other values replace", "[bench]") {
  ParameterTree tree = from_preset("a: {b: 1, c: 2}\nd: [1, 2]\n");
  merge(tree, from_file("a: {c: 3, e: 4}\nd: [5]\n"));
  CHECK(tree.find("a")->find("b")->text == "1");
  CHECK(tree.find("a")->find("c")->text == "3");
  CHECK(tree.find("a")->find("e")->text == "4");
  REQUIRE(tree.find("d")->items.size() == 1);
  CHECK(tree.find("d")->items[0].text == "5");
  CHECK(tree.keys() == std::vector<std::string>{"a", "d"});
  CHECK(tree.find("a")->keys() == std::vector<std::string>{"b", "c", "e"});
}

TEST_CASE("a value knows the preset, or the file and line, that it was written in", "[bench]") {
  ParameterTree tree = from_preset("a: 1\nb: 2\n");
  merge(tree, from_file("\nb: 3\n"));
  CHECK(tree.find("a")->origin.describe() == "preset platform/test");
  CHECK(tree.find("b")->origin.describe() == "x.yaml:2");
  CHECK(Origin{}.describe() == "default");
}

TEST_CASE("a value that is replaced loses the documentation of the old one", "[bench]") {
  ParameterTree tree =
      from_preset("a: {value: 1, source: page 7}\nb: {value: 2, source: page 8}\n");
  merge(tree, from_file("a: 5\n"));
  CHECK(tree.find("a")->text == "5");
  CHECK(tree.find("a")->source.empty());
  CHECK(tree.find("b")->text == "2");
  CHECK(tree.find("b")->source == "page 8");
}

TEST_CASE("a map laid on a preset's name refines that preset", "[bench]") {
  ParameterTree tree = from_preset("store: redis-75\n");
  merge(tree, from_file("store: {shards: 50}\n"));
  CHECK(tree.find("store")->find("preset")->text == "redis-75");
  CHECK(tree.find("store")->find("shards")->text == "50");
}

TEST_CASE("a map that names its own preset replaces what was there", "[bench]") {
  ParameterTree tree = from_preset("store: {preset: redis-75, shards: 50}\n");
  merge(tree, from_file("store: {preset: s3}\n"));
  CHECK(tree.find("store")->keys() == std::vector<std::string>{"preset"});
  CHECK(tree.find("store")->find("preset")->text == "s3");
}

TEST_CASE("a path names keys between dots, and quotes keep a key's own dots", "[bench]") {
  CHECK(split_path("a.b.c", "--set") == std::vector<std::string>{"a", "b", "c"});
  CHECK(split_path("m.\"c5.4xlarge\".vcpus", "--set") ==
        std::vector<std::string>{"m", "c5.4xlarge", "vcpus"});
  CHECK(join_path("m", "c5.4xlarge") == "m.\"c5.4xlarge\"");
  for (const std::string bad : {"", "a..b", ".a", "a.", "a.\"b"})
    CHECK(test::error_text([&] { split_path(bad, "--set x"); }) ==
          "--set x: expected a key such as workload.tsqr.rows, found \"" + bad + "\"");
}

TEST_CASE("none, null, ~ and nothing are absence, unless they are quoted", "[bench]") {
  const ParameterTree tree = from_file("[none, null, ~, , 'none', 0, Nones]");
  const std::vector<bool> none = {true, true, true, true, false, false, false};
  REQUIRE(tree.items.size() == none.size());
  for (size_t i = 0; i < none.size(); ++i) CHECK(tree.items[i].is_none() == none[i]);
}

}  // namespace
}  // namespace wukong::parameters

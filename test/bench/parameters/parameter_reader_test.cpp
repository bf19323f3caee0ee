
#include "bench/parameters/parameter_reader.h"

#include <map>
#include <optional>

#include "bench/parameters/parameter_yaml.h"
#include "sim/base/time.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::parameters {
namespace {

constexpr std::string_view kColours[] = {"red", "green", "blue"};

struct Nested {
  Duration wait;
  void visit(FieldVisitor& v) { v.duration("wait_ms", wait); }
};

struct Parameters {
  bool flag = false;
  int64_t count = 0;
  double share = 0;
  std::string name;
  int colour = 0;
  std::vector<double> numbers;
  std::optional<int64_t> limit;
  Nested nested;
  std::map<std::string, Nested> table;

  void visit(FieldVisitor& v) {
    v.field("flag", flag);
    v.field("count", count, Bounds{1, 1e6});
    v.field("share", share, kFraction);
    v.field("name", name);
    v.choice("colour", colour, std::span<const std::string_view>(kColours));
    v.numbers("numbers", numbers, kNonNegative);
    v.optional("limit", limit, [&](int64_t& value) { v.field("limit", value, kCount); });
    v.group("nested", nested);
    v.table("table", table);
  }
};

constexpr const char* kComplete =
    "flag: true\n"
    "count: 1e3\n"
    "share: 0.25\n"
    "name: x\n"
    "colour: blue\n"
    "numbers: [1, 2.5]\n"
    "limit: none\n"
    "nested: {wait_ms: 1.5}\n"
    "table: {b: {wait_ms: 1}, a.c: {wait_ms: 2}}\n";

Parameters read(const std::string& text) {
  const ParameterTree tree = parse_yaml(text, {Origin::Kind::file, "x.yaml", 0});
  ParameterReader reader(tree, {"top"});
  Parameters parameters;
  reader.read(parameters);
  return parameters;
}

// The complete text with one line replaced.
std::string error_with(const std::string& key, const std::string& line) {
  std::string text = kComplete;
  const size_t begin = text.find(key + ":");
  text.replace(begin, text.find('\n', begin) - begin, line);
  return test::error_text([&] { read(text); });
}

TEST_CASE("a struct is filled from a tree", "[bench]") {
  const Parameters parameters = read(kComplete);
  CHECK(parameters.flag);
  CHECK(parameters.count == 1000);
  CHECK(parameters.share == 0.25);
  CHECK(parameters.name == "x");
  CHECK(parameters.colour == 2);
  CHECK(parameters.numbers == std::vector<double>{1, 2.5});
  CHECK(!parameters.limit.has_value());
  CHECK(parameters.nested.wait == Duration::microseconds(1500));
  CHECK(parameters.table.at("a.c").wait == Duration::milliseconds(2));
  CHECK(parameters.table.size() == 2);
}

TEST_CASE("a field that may be absent is read when it is there", "[bench]") {
  std::string text = kComplete;
  text.replace(text.find("none"), 4, "12");
  CHECK(read(text).limit == 12);
}

TEST_CASE("a value of the wrong type is an error with its line, key and text", "[bench]") {
  CHECK(error_with("flag", "flag: yes") ==
        "x.yaml:1: top.flag: expected true or false, found \"yes\"");
  CHECK(error_with("count", "count: abc") ==
        "x.yaml:2: top.count: expected a whole number of at least 1 and at most 1000000, found "
        "\"abc\"");
  CHECK(error_with("count", "count: 1.5").find("found \"1.5\"") != std::string::npos);
  CHECK(error_with("count", "count: '5'").find("found \"5\"") != std::string::npos);
  CHECK(error_with("count", "count: [5]").find("found a list") != std::string::npos);
  CHECK(error_with("count", "count:").find("found nothing") != std::string::npos);
  CHECK(error_with("count", "count: 5 apples").find("found \"5 apples\"") != std::string::npos);
  CHECK(error_with("share", "share: .nan").find("found \".nan\"") != std::string::npos);
  CHECK(error_with("share", "share: nan").find("found \"nan\"") != std::string::npos);
  CHECK(error_with("name", "name: {a: 1}") == "x.yaml:4: top.name: expected a text, found a map");
  CHECK(error_with("name", "name: none") == "x.yaml:4: top.name: expected a text, found none");
  CHECK(error_with("numbers", "numbers: 3") ==
        "x.yaml:6: top.numbers: expected a list of numbers, found \"3\"");
  CHECK(error_with("numbers", "numbers: [1, x]") ==
        "x.yaml:6: top.numbers: expected a number of at least 0, found \"x\"");
  CHECK(error_with("nested", "nested: 3") == "x.yaml:8: top.nested: expected a map, found \"3\"");
  CHECK(error_with("table", "table: 3") == "x.yaml:9: top.table: expected a map, found \"3\"");
}

TEST_CASE("a value out of its bounds is an error that says the bounds", "[bench]") {
  CHECK(error_with("count", "count: 0").find("of at least 1 and at most 1000000, found \"0\"") !=
        std::string::npos);
  CHECK(error_with("count", "count: 2e6").find("found \"2e6\"") != std::string::npos);
  CHECK(error_with("count", "count: 1e300").find("found \"1e300\"") != std::string::npos);
  CHECK(error_with("share", "share: 1.01") ==
        "x.yaml:3: top.share: expected a number between 0 and 1, found \"1.01\"");
  CHECK(error_with("nested", "nested: {wait_ms: -1}")
            .find("top.nested.wait_ms: expected a number of at least 0") != std::string::npos);
  // A time that does not fit into 64 bits of nanoseconds.
  CHECK(error_with("nested", "nested: {wait_ms: 1e17}").find("found \"1e17\"") !=
        std::string::npos);
}

TEST_CASE("a choice names what there is, and the nearest", "[bench]") {
  CHECK(error_with("colour", "colour: bleu") ==
        "x.yaml:5: top.colour: expected one of red, green, blue, found \"bleu\" (did you mean "
        "\"blue\"?)");
}

TEST_CASE("an unknown key is an error that names the nearest known one", "[bench]") {
  CHECK(error_with("share", "share: 0.5\nshar: 1") ==
        "x.yaml:4: top.shar: unknown key (did you mean \"share\"?)");
  CHECK(error_with("nested", "nested: {wait_ms: 1, wait_s: 1}") ==
        "x.yaml:8: top.nested.wait_s: unknown key (did you mean \"wait_ms\"?)");
}

TEST_CASE("a misspelt key is reported rather than the one that is then missing", "[bench]") {
  CHECK(error_with("share", "shear: 0.5") ==
        "x.yaml:3: top.shear: unknown key (did you mean \"share\"?)");
}

TEST_CASE("a missing key is an error", "[bench]") {
  CHECK(error_with("share", "") ==
        "x.yaml:1: top.share: expected a value, found nothing (the key is missing)");
  CHECK(error_with("nested", "") ==
        "x.yaml:1: top.nested: expected a value, found nothing (the key is missing)");
  CHECK(error_with("nested", "nested: {}") ==
        "x.yaml:8: top.nested.wait_ms: expected a value, found nothing (the key is missing)");
  CHECK(error_with("limit", "") ==
        "x.yaml:1: top.limit: expected a value, found nothing (the key is missing)");
}

TEST_CASE("what was read is recorded with value, origin and source", "[bench]") {
  std::string text = kComplete;
  text.replace(text.find("0.25"), 4, "{value: 0.25, source: page 7}");
  const ParameterTree tree = parse_yaml(text, {Origin::Kind::file, "x.yaml", 0});
  ParameterReader reader(tree, {"top"});
  Parameters parameters;
  reader.read(parameters);
  const std::vector<EffectiveParameter>& all = reader.read_parameters();
  REQUIRE(all.size() == 10);
  CHECK(path_text(all[2]) == "top.share");
  CHECK(all[2].value == ParameterValue(0.25));
  CHECK(all[2].origin.describe() == "x.yaml:3");
  CHECK(all[2].source == "page 7");
  CHECK(all[6].value == ParameterValue(None{}));
  CHECK(path_text(all[7]) == "top.nested.wait_ms");
  CHECK(path_text(all[8]) == "top.table.\"a.c\".wait_ms");
}

struct WithDefaults {
  int64_t rows = 0;  // no default
  int64_t block = 16;
  std::optional<int64_t> limit;
  Nested nested{Duration::seconds(1)};

  void visit(FieldVisitor& v) {
    v.field("rows", rows, kCount);
    v.field("block", block, kCount);
    v.optional("limit", limit, [&](int64_t& value) { v.field("limit", value, kCount); });
    v.group("nested", nested);
  }
};

TEST_CASE("a struct's own values may be defaults, which are recorded as such", "[bench]") {
  const ParameterTree tree = parse_yaml("rows: 5\n", {Origin::Kind::file, "x.yaml", 0});
  ParameterReader reader(tree, {}, MissingKey::keeps_default);
  WithDefaults parameters;
  reader.read(parameters);
  CHECK(parameters.rows == 5);
  CHECK(parameters.block == 16);
  const std::vector<EffectiveParameter>& all = reader.read_parameters();
  REQUIRE(all.size() == 4);
  CHECK(all[0].origin.describe() == "x.yaml:1");
  CHECK(path_text(all[1]) == "block");
  CHECK(all[1].origin.describe() == "default");
  CHECK(all[1].value == ParameterValue(int64_t{16}));
  CHECK(all[2].value == ParameterValue(None{}));
  CHECK(path_text(all[3]) == "nested.wait_ms");
  CHECK(all[3].value == ParameterValue(1000.0));
}

TEST_CASE("a number outside of its bounds is no default", "[bench]") {
  const ParameterTree tree = parse_yaml("block: 5\n", {Origin::Kind::file, "x.yaml", 0});
  CHECK(test::error_text([&] {
          ParameterReader reader(tree, {}, MissingKey::keeps_default);
          WithDefaults parameters;
          reader.read(parameters);
        }) == "x.yaml:1: rows: expected a value, found nothing (the key is missing)");
}

TEST_CASE("all missing keys are named at once, and in order", "[bench]") {
  const std::string text = test::error_text([&] {
    const ParameterTree tree = parse_yaml("colour: red\n", {Origin::Kind::file, "x.yaml", 0});
    ParameterReader reader(tree, {"top"});
    Parameters parameters;
    reader.read(parameters);
  });
  INFO(text);
  CHECK(text.find("x.yaml:1: top.") == 0);
  CHECK(text.find("nothing (the key is missing; so are top.") != std::string::npos);
  CHECK(text.find("top.share") < text.find("top.nested"));
  CHECK(text.find("top.nested.wait_ms") == std::string::npos);  // the map is what is missing
}

struct WithFile {
  InputFile trace;
  void visit(FieldVisitor& v) { v.file("trace", trace); }
};

TEST_CASE("a file that a parameter names is read beside the file that names it", "[bench]") {
  const test::TemporaryFolder folder;
  folder.write("trace.csv", "a,b\n");
  const auto read = [&](const std::string& text) {
    const ParameterTree tree = parse_yaml(text, {Origin::Kind::file, folder.file("x.yaml"), 0});
    ParameterReader reader(tree, {});
    WithFile parameters;
    reader.read(parameters);
    REQUIRE(reader.read_parameters().size() == 1);
    return std::pair(parameters.trace, reader.read_parameters().front());
  };
  const auto [file, effective] = read("trace: trace.csv");
  CHECK(file.path == folder.file("trace.csv"));
  CHECK(file.content == "a,b\n");
  CHECK(to_text(effective.value) == file.path);
  CHECK(effective.content.size() == 32);
  CHECK(read("trace: trace.csv").second.content == effective.content);
  folder.write("trace.csv", "a,c\n");
  CHECK(read("trace: trace.csv").second.content != effective.content);
  CHECK(test::error_text([&] { read("trace: none.csv"); }) ==
        "none.csv: expected a readable file, found no such file");
  CHECK(test::error_text([&] { read("{}"); }).find("trace: expected a value") != std::string::npos);
}

TEST_CASE("a key's end tells its unit", "[bench]") {
  CHECK(unit_of_key("keep_alive_s") == "s");
  CHECK(unit_of_key("batch_interval_ms") == "ms");
  CHECK(unit_of_key("network_gbit_per_s") == "Gbit/s");
  CHECK(unit_of_key("connection_bandwidth_mb_per_s") == "MB/s");
  CHECK(unit_of_key("memory_gib") == "GiB");
  CHECK(unit_of_key("reads_per_second") == "1/s");
  CHECK(unit_of_key("price_usd_per_hour") == "$/h");
  CHECK(unit_of_key("price_usd_per_gb_s") == "$/GB-s");
  CHECK(unit_of_key("price_usd_per_million_requests") == "$/million requests");
  CHECK(unit_of_key("shards").empty());
}

TEST_CASE("a whole number that a double would round is an error", "[parameters]") {
  const auto read_seed = [](const std::string& text) {
    struct Seeded {
      int64_t seed = 0;
      void visit(FieldVisitor& v) { v.field("seed", seed, Bounds{0, 9007199254740992}); }
    } parameters;
    const ParameterTree tree = parse_yaml("seed: " + text, {Origin::Kind::file, "x.yaml", 0});
    ParameterReader reader(tree, {});
    reader.read(parameters);
    return parameters.seed;
  };
  CHECK(read_seed("9007199254740992") == 9007199254740992);
  CHECK(read_seed("9e15") == 9'000'000'000'000'000);
  for (const std::string text : {"9007199254740993", "9007199254740992.5", "99999999999999999999"})
    CHECK(test::error_text([&] { read_seed(text); }) ==
          "x.yaml:1: seed: expected a whole number of at least 0 and at most 9007199254740992, "
          "found \"" +
              text + "\"");
}

}  // namespace
}  // namespace wukong::parameters

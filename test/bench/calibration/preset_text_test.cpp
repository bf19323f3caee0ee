#include "bench/calibration/preset_text.h"

#include "bench/parameters/preset_library.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::calibration {
namespace {

using Key = std::vector<std::string>;

constexpr const char* kText =
    "# A preset.\n"
    "policy: pause\n"
    "\n"
    "pause_s:   {value: 2.50, source: \"to be \\\"fitted\\\"\"}   # by hand\n"
    "plain: 7\n"
    "machines:\n"
    "  c5.4xlarge: {rate: {source: it's 'so', value: 10}, \xC3\xA9: {value: 1}}\n"
    "quoted: {value: '5', source: 'it''s'}\n"
    "list: [1, 2]\n";

PresetText text() {
  return {kText, parameters::Origin{parameters::Origin::Kind::file, "p.yaml", 0}};
}

std::string replaced(std::string all, const std::string& from, const std::string& to) {
  const size_t at = all.find(from);
  REQUIRE(at != std::string::npos);
  return all.replace(at, from.size(), to);
}

TEST_CASE("a value changes and nothing else does", "[calibration]") {
  PresetText preset = text();
  preset.set_number({"pause_s"}, 3.25);
  CHECK(preset.text() == replaced(kText, "2.50", "3.25"));
  preset.set_number({"machines", "c5.4xlarge", "rate"}, 12);
  preset.set_number({"plain"}, 0.5);
  CHECK(preset.text() ==
        replaced(replaced(replaced(kText, "2.50", "3.25"), "value: 10", "value: 12"), "plain: 7",
                 "plain: 0.5"));
  CHECK(preset.number({"plain"}, {}) == 0.5);
}

TEST_CASE("a value that is equal keeps its digits", "[calibration]") {
  PresetText preset = text();
  preset.set_number({"pause_s"}, 2.5);
  CHECK(preset.text() == kText);
}

TEST_CASE("a source changes in its quotes, and comes to a value that had none", "[calibration]") {
  PresetText preset = text();
  preset.set_source({"pause_s"}, "fitted: \"a\\b\"");
  CHECK(preset.text() == replaced(kText, R"("to be \"fitted\"")", R"("fitted: \"a\\b\"")"));
  CHECK(preset.source({"pause_s"}) == "fitted: \"a\\b\"");
  preset = text();
  preset.set_source({"machines", "c5.4xlarge", "rate"}, "new");
  CHECK(preset.text() == replaced(kText, "it's 'so'", "\"new\""));
  preset = text();
  preset.set_source({"plain"}, "seven, really");
  CHECK(preset.text() ==
        replaced(kText, "plain: 7", "plain: {value: 7, source: \"seven, really\"}"));
  preset.set_source({"plain"}, "seven, really");
  preset.set_number({"plain"}, 8);
  CHECK(preset.text() ==
        replaced(kText, "plain: 7", "plain: {value: 8, source: \"seven, really\"}"));
}

TEST_CASE("what is no number, or is not there, is refused", "[calibration]") {
  const PresetText preset = text();
  const ErrorPlace plan{"c.yaml", 3, "system/p key"};
  const auto error = [&](const Key& key) {
    return test::error_text([&] { preset.number(key, plan); });
  };
  CHECK(error({"policy"}) == "p.yaml:2: policy: expected a number, found \"pause\"");
  CHECK(error({"quoted"}) == "p.yaml:8: quoted: expected a number, found \"5\"");
  CHECK(error({"list"}) == "p.yaml:9: list: expected a number, found a list");
  CHECK(
      error({"pause_s", "x"}) ==
      "c.yaml:3: system/p key: expected a key in the text of p.yaml, found nothing (a base of the "
      "preset may have it)");
  CHECK(test::error_text([] {
          PresetText("- a", parameters::Origin{parameters::Origin::Kind::file, "p.yaml", 0});
        }) == "p.yaml:1: expected a map, found a list");
}

TEST_CASE("every number of every preset can be changed and changed back", "[calibration]") {
  struct Walk {
    static void numbers(const parameters::ParameterTree& tree, const Key& key,
                        std::vector<Key>& found) {
      for (const parameters::ParameterEntry& entry : tree.entries) {
        Key path = key;
        path.push_back(entry.key);
        if (entry.value.is_scalar() && !entry.value.quoted &&
            entry.value.text.find_first_not_of("0123456789.") == std::string::npos)
          found.push_back(path);
        numbers(entry.value, path, found);
      }
    }
  };
  size_t count = 0;
  for (const parameters::Preset& preset : parameters::embedded_presets()) {
    const parameters::Origin origin{parameters::Origin::Kind::preset, std::string(preset.name), 0};
    const parameters::PresetLibrary library({&preset, 1});
    if (std::string(preset.text).find("\npreset:") != std::string::npos) continue;
    std::vector<Key> keys;
    Walk::numbers(library.load(preset.kind, std::string(preset.name), {}), {}, keys);
    // Each edit parses the file: a few of each.
    for (size_t i = 0; i < keys.size(); i += 1 + keys.size() / 8) {
      PresetText edited(std::string(preset.text), origin);
      const double value = edited.number(keys[i], {});
      edited.set_number(keys[i], value + 1);
      CHECK(edited.text() != preset.text);
      edited.set_number(keys[i], value);
      CHECK(PresetText(edited.text(), origin).number(keys[i], {}) == value);
      ++count;
    }
  }
  CHECK(count > 50);
}

}  // namespace
}  // namespace wukong::calibration

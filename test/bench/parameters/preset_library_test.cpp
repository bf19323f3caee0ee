
#include <set>
#include <string>

#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/preset_library.h"
#include "scheduler/catalog/registry.h"
#include "scheduler/policy/policy.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::parameters {
namespace {

constexpr Preset kPresets[] = {{"store", "base", "a: 1\nb: 2\n"},
                               {"store", "derived", "preset: base\nb: 3\n"},
                               {"store", "loop", "preset: loop\n"},
                               {"system", "base", "c: 1\n"}};

std::vector<EffectiveParameter> read_platform(const std::string& name) {
  const PresetLibrary library(embedded_presets());
  const ParameterTree tree = library.load("platform", name, {});
  ParameterReader reader(tree, {"platform"});
  platform::PlatformSpec spec;
  reader.read(spec);
  return reader.read_parameters();
}

TEST_CASE("every embedded platform is complete, and documents each value", "[bench]") {
  const std::vector<std::string> names = PresetLibrary(embedded_presets()).names("platform");
  CHECK(names ==
        std::vector<std::string>{"aws-2020", "aws-2024", "aws-2026", "local", "pdsw19", "socc20"});
  for (const std::string& name : names) {
    const std::vector<EffectiveParameter> parameters = read_platform(name);
    CHECK(parameters.size() > 100);
    for (const EffectiveParameter& parameter : parameters) {
      INFO(name << " " << path_text(parameter));
      CHECK(!parameter.source.empty());
    }
  }
}

TEST_CASE("every embedded store is complete, and runs on machines that each platform has",
          "[bench]") {
  const PresetLibrary library(embedded_presets());
  CHECK(library.names("store").size() >= 6);
  for (const std::string& name : library.names("store")) {
    const ParameterTree tree = library.load("store", name, {});
    ParameterReader reader(tree, {name});
    storage::StoreSpec store;
    reader.read(store);
    if (store.kind != storage::StoreKind::redis) continue;
    for (const std::string& platform : library.names("platform"))
      CHECK(library.load("platform", platform, {}).find("machines")->find(store.machine));
  }
}

TEST_CASE("every policy has an embedded preset, and every system preset a policy", "[bench]") {
  const PresetLibrary library(embedded_presets());
  std::set<std::string> policies;
  for (const scheduler::Policy& policy : systems::policies()) policies.emplace(policy.name);
  std::set<std::string> used;
  for (const std::string& name : library.names("system"))
    used.insert(library.load("system", name, {}).find("policy")->text);
  CHECK(used == policies);
}

TEST_CASE("a preset may be based on another", "[bench]") {
  const PresetLibrary library(kPresets);
  const ParameterTree tree = library.load("store", "derived", {});
  CHECK(tree.keys() == std::vector<std::string>{"a", "b"});
  CHECK(tree.find("a")->origin.describe() == "preset store/base");
  CHECK(tree.find("b")->text == "3");
  CHECK(tree.find("b")->origin.describe() == "preset store/derived");
  CHECK(test::error_text([&] { library.load("store", "loop", {}); }) != "no error");
}

TEST_CASE("an unknown preset is an error that lists the known ones of its kind", "[bench]") {
  const PresetLibrary library(kPresets);
  CHECK(test::error_text([&] { library.load("store", "bass", {"x.yaml", 3, "store"}); }) ==
        "x.yaml:3: store: expected a store preset (base, derived, loop), found \"bass\" (did you "
        "mean \"base\"?)");
}

TEST_CASE("a preset is named alone, or with what is different", "[bench]") {
  const PresetLibrary library(kPresets);
  const auto resolve = [&](const std::string& text) {
    return library.resolve("store", parse_yaml(text, {Origin::Kind::file, "x.yaml", 0}), "store");
  };
  CHECK(resolve("base").find("a")->text == "1");
  const ParameterTree tree = resolve("{preset: base, a: 9}");
  CHECK(tree.keys() == std::vector<std::string>{"a", "b"});
  CHECK(tree.find("a")->origin.describe() == "x.yaml:1");
  CHECK(resolve("{a: 9}").keys() == std::vector<std::string>{"a"});
  CHECK(test::error_text([&] { resolve("[base]"); }) ==
        "x.yaml:1: store: expected a store preset or a map, found a list");
  CHECK(test::error_text([&] { resolve("{preset: [base]}"); }) ==
        "x.yaml:1: store.preset: expected a preset's name, found a list");
}

}  // namespace
}  // namespace wukong::parameters

#include "bench/declared/parameter_list.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "bench/declared/list_report.h"
#include "bench/declared/search_bounds.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/bench/calibration/support/pause_calibration.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::declared {
namespace {

Declarations declarations_of(const std::string& text) {
  return make_declarations(parameters::parse_yaml(
      text, parameters::Origin{parameters::Origin::Kind::file, "bounds.yaml", 0}));
}

// Values of the preset system/pause, which one figure uses, beside one that no figure does.
constexpr std::array kPresets = {
    parameters::Preset{"system", "other", "pause_s: {value: 3, source: \"fitted: not used\"}\n"},
    parameters::Preset{"system", "pause",
                       "preset: base\n"
                       "pause_s: {value: 2, source: \"fitted: rest, 4 points\"}\n"
                       "steps: {value: [1, 4], source: \"a paper; assumption: the last one\"}\n"
                       "mode: {value: slow, source: \"choice: nobody says\"}\n"
                       "known: {value: 9, source: \"a measurement\"}\n"},
    parameters::Preset{"system", "base", "more: {value: 1, source: \"assumption: a base's\"}\n"},
};

constexpr const char* kDeclared =
    "parameters:\n"
    "- {preset: system/pause, key: pause_s, unit: s, from: 3, to: 5, why: \"a paper\"}\n"
    "- {preset: system/*, key: [steps, more], from: 1, to: 4, why: \"assumed: small\"}\n"
    "- {preset: system/pause, key: mode, one_of: [slow, fast], why: \"both are known\"}\n"
    "- {preset: system/pause, key: gone, from: 1, to: 2, why: \"of nothing\"}\n"
    "figures:\n"
    "- {figure: pauses, series: long, key: system.pause_s, status: chosen, why: \"to differ\"}\n"
    "- {figure: \"*\", key: [platform, system*, workload*], status: stated, why: \"titles\"}\n";

ParameterList pause_list(const Declarations& declarations) {
  const reproduction::ReproductionLibrary library{test::kPauseReproduction, "made"};
  const calibration::CalibrationPlan plan = test::pause_plan("from: 0.5, to: 50");
  return list_parameters(declarations, library, plan, kPresets);
}

std::vector<std::string> names(const ParameterList& list) {
  std::vector<std::string> names;
  for (const ListedParameter& row : list.parameters) names.push_back(row.name());
  return names;
}

TEST_CASE("the list has what is fitted, assumed or chosen in presets that figures use",
          "[declared]") {
  const Declarations declarations = declarations_of(kDeclared);
  const ParameterList list = pause_list(declarations);
  CHECK(names(list) == std::vector<std::string>{"system/pause pause_s", "system/pause steps",
                                                "system/pause mode", "system/base more"});
  CHECK(list.parameters[0].values[0].status == Status::fitted);
  CHECK(list.parameters[1].values[0].status == Status::assumed);
  CHECK(list.parameters[1].values[0].text == "1 .. 4");
  CHECK(list.parameters[2].values[0].status == Status::chosen);
  REQUIRE(list.choices.size() == 1);
  CHECK(list.choices[0].values[0].series == "long");
  REQUIRE(list.unused.size() == 1);
  CHECK(list.unused[0] == "gone (line 5)");
}

TEST_CASE("a value beside its bounds is outside, and a fitted one has its stage's points",
          "[declared]") {
  const Declarations declarations = declarations_of(kDeclared);
  const ParameterList list = pause_list(declarations);
  CHECK(list.parameters[0].is_outside);        // 2 is below 3
  CHECK_FALSE(list.parameters[1].is_outside);  // both ends are inclusive
  CHECK_FALSE(list.parameters[2].is_outside);
  CHECK(list.parameters[0].points == 4);
  CHECK(list.parameters[0].figures == std::vector<std::string>{"pauses"});
  CHECK(list.parameters[1].points == 0);
  CHECK(list_markdown(list).find(
            "\n| system/pause pause_s | 2 | s | fitted | 3 to 5 | 4 of 1 figure | a paper |\n") !=
        std::string::npos);
  CHECK(list_text(list).find(
            "5 values: 1 fitted, 2 assumed, 2 chosen; 1 outside of their bounds\n") !=
        std::string::npos);
}

TEST_CASE("what is not declared is in the list, and says so", "[declared]") {
  const Declarations none = declarations_of("parameters: []\nfigures: []\n");
  const ParameterList list = pause_list(none);
  REQUIRE(list.parameters.size() == 4);
  CHECK(list.parameters[0].declaration == nullptr);
  CHECK(list_text(list).find("not declared") != std::string::npos);
}

TEST_CASE("a declaration without bounds, or with two kinds of them, is refused", "[declared]") {
  const auto error = [](const std::string& declaration) {
    return test::error_text(
        [&] { declarations_of("parameters: [{" + declaration + "}]\nfigures: []\n"); });
  };
  CHECK(error("preset: a/b, key: c, why: d") ==
        "bounds.yaml:1: parameters[0]: expected either from and to, or one_of, found both or "
        "neither");
  CHECK(error("preset: a/b, key: c, why: d, from: 1, to: 2, one_of: [x]").find("either from") !=
        std::string::npos);
  CHECK(error("preset: a/b, key: c, why: d, from: 1").find("either from") != std::string::npos);
  CHECK(error("preset: a/b, key: c, why: d, from: 3, to: 2") ==
        "bounds.yaml:1: parameters[0].to: expected at least `from`, 3, found 2");
  CHECK(error("preset: a/b, key: c, to: x, from: 1, why: d").find("a number") != std::string::npos);
}

TEST_CASE("a search is held to the declared bounds, and a value outside may only come back",
          "[declared]") {
  const test::TestCatalog catalog;
  const calibration::PresetEdition presets(catalog.get().presets.all());  // pause_s is 2
  const auto bounds = [&](const char* declared) {
    const Declarations declarations =
        declarations_of(std::string("parameters: [{preset: system/pause, key: pause_s, why: x, ") +
                        declared + "}]\nfigures: []\n");
    const calibration::FreeParameter narrowed =
        within_declared_bounds(test::pause_plan("from: 0.5, to: 50"), declarations, presets)
            .stages[0]
            .parameters[0];
    return std::pair(narrowed.from, narrowed.to);
  };
  CHECK(bounds("from: 1, to: 5") == std::pair(1.0, 5.0));
  CHECK(bounds("from: 0.1, to: 500") == std::pair(0.5, 50.0));
  CHECK(bounds("from: 4, to: 5") == std::pair(2.0, 5.0));
  CHECK(bounds("from: 0.6, to: 1") == std::pair(0.6, 2.0));
}

// The program's own.
struct ProgramList {
  reproduction::ReproductionLibrary library{reproduction::embedded_reproduction(), "made"};
  Declarations declarations = make_declarations(library.bounds());
  calibration::CalibrationPlan plan = calibration::make_calibration_plan(library.calibration());
  ParameterList list = list_parameters(declarations, library, plan, parameters::embedded_presets());
};

TEST_CASE("every fitted, assumed or chosen value of the presets and figures is declared",
          "[declared]") {
  const ProgramList program;
  CHECK(program.list.parameters.size() > 60);
  for (const ListedParameter& row : program.list.parameters) {
    INFO(row.name() << ": add it to configs/reproduction/bounds.yaml");
    CHECK(row.declaration != nullptr);
  }
  for (const ListedChoice& row : program.list.choices) {
    INFO(row.values[0].figure << " " << row.values[0].key);
    CHECK(row.declaration != nullptr);
  }
}

TEST_CASE("every declaration is of a value that exists", "[declared]") {
  const ProgramList program;
  for (const std::string& unused : program.list.unused) UNSCOPED_INFO(unused);
  CHECK(program.list.unused.empty());
}

TEST_CASE("no value is outside of its bounds but those that were when bounds were declared",
          "[declared]") {
  // Only ever shorter. Each stands for a mechanism that the model lacks.
  const std::set<std::string> known = {
      "system/dask-125 message_latency_us",
      "system/dask-125 predict_call_us, and 1 more",
      "system/wukong task_overhead_ms",
      "system/wukong-pdsw19 invokers",
  };
  const ProgramList program;
  for (const ListedParameter& row : program.list.parameters) {
    INFO(row.name() << " is " << row.values[0].text);
    CHECK((!row.is_outside || known.contains(row.name())));
  }
}

}  // namespace
}  // namespace wukong::declared

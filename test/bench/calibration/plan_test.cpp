#include "bench/calibration/plan.h"

#include "bench/calibration/evaluator.h"
#include "bench/calibration/preset_edition.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::calibration {
namespace {

CalibrationPlan plan(const std::string& text) {
  return make_calibration_plan(parameters::parse_yaml(
      text, parameters::Origin{parameters::Origin::Kind::file, "c.yaml", 0}));
}

std::string stage_with(const std::string& parameter) {
  return "stages:\n- name: one\n  points: [\"f s\"]\n  parameters:\n  - " + parameter + "\n";
}
constexpr const char* kGood = "{preset: system/pause, key: pause_s, from: 1, to: 9, meaning: m}";

TEST_CASE("a plan names places, bounds and points", "[calibration]") {
  const CalibrationPlan two =
      plan(stage_with("{preset: [system/a, system/b], key: [x.y, machines.\"c5.4xlarge\".z], from: "
                      "1, to: 9, whole: "
                      "true, meaning: m}"));
  const FreeParameter& parameter = two.stages.at(0).parameters.at(0);
  REQUIRE(parameter.places.size() == 4);
  CHECK(parameter.places[0].text() == "system/a x.y");
  CHECK(parameter.places[3].text() == "system/b machines.\"c5.4xlarge\".z");
  CHECK(parameter.places[3].key[1] == "c5.4xlarge");
  CHECK(parameter.name() == "system/a x.y, and 3 more");
  CHECK(parameter.whole);
  CHECK(two.stages[0].fits({"f", "s", "1"}));
  CHECK_FALSE(two.stages[0].fits({"f", "t", "1"}));
}

TEST_CASE("a stage leaves out what it excepts", "[calibration]") {
  const CalibrationPlan one =
      plan(std::string("stages:\n- name: one\n  points: [\"f *\"]\n  except: [\"* * 2\"]\n  "
                       "parameters: [") +
           kGood + "]\n");
  CHECK(one.stages[0].fits({"f", "s", "1"}));
  CHECK_FALSE(one.stages[0].fits({"f", "s", "2"}));
}

TEST_CASE("what is wrong in a plan is named with file, line and key", "[calibration]") {
  const auto error = [](const std::string& text) { return test::error_text([&] { plan(text); }); };
  const auto of_parameter = [&](const std::string& text) { return error(stage_with(text)); };
  CHECK(of_parameter(kGood) == "no error");
  CHECK(error("stage: []") == "c.yaml:1: stage: unknown key (did you mean \"stages\"?)");
  CHECK(error("stages: []") == "c.yaml:1: stages: expected a list, found an empty list");
  CHECK(error("stages:\n- points: []\n") ==
        "c.yaml:2: stages[0].name: expected a value, found nothing (the key is missing)");
  CHECK(of_parameter("{preset: pause, key: pause_s, from: 1, to: 9, meaning: m}") ==
        "c.yaml:5: stages[0].parameters[0].preset: expected KIND/NAME of a preset, where KIND is "
        "one of platform, store, system, trace, found \"pause\"");
  CHECK(of_parameter("{preset: system/pause, from: 1, to: 9, meaning: m}") ==
        "c.yaml:5: stages[0].parameters[0].key: expected a value, found nothing (the key is "
        "missing)");
  CHECK(of_parameter("{preset: system/pause, key: pause_s, from: 9, to: 1, meaning: m}") ==
        "c.yaml:5: stages[0].parameters[0].to: expected more than `from`, 9, found \"1\"");
  CHECK(of_parameter("{preset: system/pause, key: a, from: 0, to: 1, meaning: m}")
            .find("c.yaml:5: stages[0].parameters[0].from: expected") == 0);
  CHECK(of_parameter("{preset: system/pause, key: a, from: 1, to: 2}")
            .find("stages[0].parameters[0].meaning: expected") != std::string::npos);
  CHECK(of_parameter("{preset: system/pause, key: a, form: 1, to: 2, meaning: m}")
            .find("stages[0].parameters[0].form: unknown key (did you mean \"from\"?)") !=
        std::string::npos);
  CHECK(of_parameter("{preset: system/pause, key: a, from: 1.5, to: 2, whole: true, meaning: m}") ==
        "c.yaml:5: stages[0].parameters[0].whole: expected bounds without a fraction, found 1.5 to "
        "2");
}

TEST_CASE("a value is fitted once, and a stage has a name of its own", "[calibration]") {
  const std::string again =
      std::string("- name: two\n  points: [\"f s\"]\n  parameters: [") + kGood + "]\n";
  CHECK(test::error_text([&] { plan(stage_with(kGood) + again); }) ==
        "c.yaml:8: system/pause pause_s: expected a value that is fitted once, found it in line 5 "
        "too");
  CHECK(test::error_text([&] {
          plan(
              "stages:\n- {name: one, points: [\"f s\"], parameters: [{preset: system/a, key: a, "
              "from: 1, to: 2, meaning: m}]}\n- {name: one, points: [\"f s\"], parameters: "
              "[{preset: system/a, key: b, from: 1, to: 2, meaning: m}]}\n");
        }) == "c.yaml:3: stages[1].name: expected a name that no other stage has, found \"one\"");
}

TEST_CASE("stages are chosen by name", "[calibration]") {
  const CalibrationPlan one = plan(stage_with(kGood));
  CHECK(one.select({}).size() == 1);
  CHECK(test::error_text([&] {
          one.select({"oen"});
        }).find("--stage: expected a stage (one), found \"oen\"") == 0);
}

TEST_CASE("the program's own plan fits points that exist to values within their bounds",
          "[calibration]") {
  const reproduction::ReproductionLibrary library(reproduction::embedded_reproduction(),
                                                  "configs/reproduction");
  const CalibrationPlan own = make_calibration_plan(library.calibration());
  const PresetEdition presets(parameters::embedded_presets());
  CHECK(own.stages.size() >= 2);
  for (const CalibrationStage& stage : own.stages) {
    INFO(stage.name);
    CHECK(StageTargets(stage, library).fitted_points() > 2 * stage.parameters.size());
    for (const FreeParameter& parameter : stage.parameters) {
      const double value = presets.value(parameter);
      CHECK(value >= parameter.from);
      CHECK(value <= parameter.to);
      CHECK_FALSE(parameter.meaning.empty());
    }
  }
}

}  // namespace
}  // namespace wukong::calibration

#include "bench/sweep/sweep_plan.h"

#include <set>

#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/sweep_study.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"

namespace wukong::sweep {
namespace {

SweepPlan plan_of(const std::string& yaml) { return test::test_sweep(yaml, test::test_catalog()); }

std::string points_of(const SweepPlan& plan) {
  std::string text;
  for (size_t point = 0; point < plan.points.size(); ++point)
    for (const AxisValue* value : plan.values_at(point))
      text += value->text + (value == plan.values_at(point).back() ? "; " : " ");
  return text;
}

std::string error_of(const std::string& yaml) {
  return test::error_text([&] { check_sweep(plan_of(yaml), test::test_catalog()); });
}

TEST_CASE("axes form a grid whose last axis changes fastest", "[sweep]") {
  const SweepPlan plan = plan_of(
      "systems: [pause]\n"
      "sweep: {axes: {systems.pause.pause_s: [1, 2], workload.tree_reduction.elements: [4, 8]}}");
  CHECK(points_of(plan) == "1 4; 1 8; 2 4; 2 8; ");
  CHECK(plan.most_runs() == 4);
}

TEST_CASE("an axis can stand in the place of the value", "[sweep]") {
  const SweepPlan plan = plan_of(
      "platform: {preset: aws-2020, functions: {memory_mb: {from: 512, to: 1024, powers_of: 2}}}\n"
      "workload: [{tree_reduction: {elements: 4}}, {tree_reduction: {elements: 8}}]\n"
      "systems: [{pause: {pause_s: [1, 2]}}]\n");
  CHECK(points_of(plan).find("512 {tree_reduction: {elements: 4}} 1; ") == 0);
  CHECK(plan.points.size() == 8);
  const experiment::Experiment last =
      experiment::make_experiment(plan.tree_at(7), test::test_catalog());
  bool found = false;
  for (const parameters::EffectiveParameter& parameter : last.effective)
    if (parameters::path_text(parameter) == "systems.pause.pause_s") {
      found = true;
      CHECK(parameters::to_text(parameter.value) == "2");
    }
  CHECK(found);
}

TEST_CASE("a range that a flag gives stands in the place of the file's value", "[sweep]") {
  parameters::ParameterTree tree = parameters::parse_yaml(
      "platform: aws-2020\nworkload: {tree_reduction: {elements: 4}}\nsystems: [pause]\n",
      {parameters::Origin::Kind::file, "x.yaml", 1});
  parameters::apply_setting(tree,
                            "workload.tree_reduction.elements={from: 4, to: 16, powers_of: 2}");
  parameters::apply_setting(tree, "platform.functions.memory_mb={from: 512, to: 1024, steps: 2}");
  CHECK(points_of(make_sweep(std::move(tree), test::test_catalog())) ==
        "512 4; 512 8; 512 16; 1024 4; 1024 8; 1024 16; ");
}

TEST_CASE("a parameter that is a list is no axis; a list of lists there is one", "[sweep]") {
  const std::string start = "systems: [pause]\nplatform: {preset: aws-2020, functions: {";
  CHECK(plan_of(start + "retry_waits_s: [60, 120]}}").axes.empty());
  const SweepPlan plan = plan_of(start + "retry_waits_s: [[1, 2], [60, 120]]}}");
  REQUIRE(plan.axes.size() == 1);
  CHECK(plan.axes[0].key == "platform.functions.retry_waits_s");
}

TEST_CASE("zipped axes go together", "[sweep]") {
  const std::string axes =
      "systems: [pause]\nsweep: {axes: {systems.pause.pause_s: [1, 2], "
      "workload.tree_reduction.elements: [4, 8], seedless: [5]}, zip: ";
  const SweepPlan plan =
      plan_of(axes + "[systems.pause.pause_s, workload.tree_reduction.elements]}");
  CHECK(points_of(plan) == "1 4 5; 2 8 5; ");
  CHECK(error_of(axes + "[systems.pause.pause_s, seedless]}")
            .find("as many values of seedless as of systems.pause.pause_s, 2, found 1") !=
        std::string::npos);
  CHECK(error_of(axes + "[systems.pause.pauses]}").find("sweep.zip: expected the key of an axis") !=
        std::string::npos);
}

TEST_CASE("a Latin hypercube has one point in each n-th of each axis", "[sweep]") {
  const SweepPlan plan = plan_of(
      "systems: [pause]\nsweep:\n  axes:\n    systems.pause.pause_s: {from: 0, to: 100}\n"
      "    workload.tree_reduction.delay_ms: {from: 0, to: 1}\n"
      "    workload.tree_reduction.elements: [4, 8]\n"
      "  sample: {points: 50, seed: 7}");
  REQUIRE(plan.points.size() == 50);
  std::set<int> strata;
  int of_first = 0;
  for (size_t point = 0; point < 50; ++point) {
    strata.insert(static_cast<int>(std::stod(plan.values_at(point)[0]->text) / 2));
    of_first += plan.values_at(point)[2]->text == "4" ? 1 : 0;
  }
  CHECK(strata.size() == 50);
  CHECK(of_first == 25);
  CHECK(points_of(plan) ==
        points_of(plan_of(
            "systems: [pause]\nsweep:\n  axes:\n    systems.pause.pause_s: {from: 0, to: 100}\n"
            "    workload.tree_reduction.delay_ms: {from: 0, to: 1}\n"
            "    workload.tree_reduction.elements: [4, 8]\n"
            "  sample: {points: 50, seed: 7}")));
}

TEST_CASE("points are excluded, or a system at some points", "[sweep]") {
  const std::string axes =
      "systems: [pause, {pause: {name: other}}]\nsweep: {axes: {systems.pause.pause_s: [1, 2, 3], "
      "workload.tree_reduction.elements: [4, 8]}, exclude: ";
  const SweepPlan plan =
      plan_of(axes +
              "[{systems.pause.pause_s: {above: 1}, workload.tree_reduction.elements: [8]}, "
              "{system: other, systems.pause.pause_s: 3}]}");
  CHECK(points_of(plan) == "1 4; 1 8; 2 4; 3 4; ");
  CHECK(plan.most_runs() == 7);
  CHECK(!plan.excluded(3, 0));
  CHECK(plan.excluded(3, 1));
  CHECK(error_of(axes + "[{system: othr}]}").find("did you mean \"other\"") != std::string::npos);
  CHECK(error_of(axes + "[{pause_s: 3}]}").find("expected an axis of the sweep") !=
        std::string::npos);
  CHECK(error_of(axes + "[{systems.pause.pause_s: [1, 2, 3]}]}").find("rules that leave a point") !=
        std::string::npos);
}

TEST_CASE("an axis on an unknown key is an error at its line, before anything runs", "[sweep]") {
  CHECK(error_of("systems: [pause]\nsweep:\n  axes:\n    platform.functions.memroy_mb: [512]\n")
            .find("x.yaml:4: platform.functions.memroy_mb: unknown key (did you mean "
                  "\"memory_mb\"?)") == 0);
  CHECK(error_of("systems: [pause]\nsweep:\n  axes:\n    systems.nobody.pause_s: [1]\n")
            .find("x.yaml:4: systems: expected one of the experiment's systems (pause)") == 0);
  CHECK(error_of("systems: [pause]\nsweep:\n  axes:\n    systems.pause.pause_s: [1, 2, x]\n")
            .find("x.yaml:4: systems.pause.pause_s: expected a number") == 0);
  CHECK(error_of("systems: [pause]\nsweep: {axes: {seed: [1, 2]}}").find("same at all points") !=
        std::string::npos);
  CHECK(error_of("systems: [pause]\nsweep: {axis: {}}").find("did you mean \"axes\"") !=
        std::string::npos);
  CHECK(error_of("systems: [pause]\nreplicates: 3\nuntil: {metric: makespan_s}")
            .find("either `replicates` or `until`") != std::string::npos);
  CHECK(error_of("systems: [pause]\nuntil: {metric: makespans}").find("until.metric: expected") !=
        std::string::npos);
  CHECK(error_of("systems: [pause]\nsweep: {axes: {systems.pause.pause_s: {from: 0, to: 1}}}")
            .find("expected steps, step or powers_of (or sweep.sample)") != std::string::npos);
}

TEST_CASE("a sweep's identity changes with what it computes, and with nothing else", "[sweep]") {
  const auto identity = [](const std::string& yaml) {
    return check_sweep(plan_of(yaml), test::test_catalog());
  };
  const std::string base = identity("systems: [pause]\nreplicates: 2");
  CHECK(base == identity("replicates: 2\nsystems: [pause]\nsweep: {limit: 5}"));
  CHECK(base != identity("systems: [pause]\nreplicates: 3"));
  CHECK(base != identity("systems: [pause]\nreplicates: 2\nseed: 2"));
  CHECK(base != identity("systems: [{pause: {pause_s: 3}}]\nreplicates: 2"));
  CHECK(base != identity("systems: [pause]\nreplicates: 2\nplatform: aws-2024"));
}

}  // namespace
}  // namespace wukong::sweep
